package dev.parley.protocol;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.core.ChannelName;
import dev.parley.core.Content;
import dev.parley.core.Message;
import dev.parley.core.Position;
import dev.parley.core.Signal;
import dev.parley.wire.client.Contract;
import dev.parley.wire.client.Doc;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every frame and every command that the code has is in the documents for machines, with all its members. */
class DescribedTest {
    private static final Position AT = new Position("k3v9x0ab", 17);
    private static final ChannelName CHANNEL = new ChannelName("chat:lobby");

    private static Contract contract() throws IOException {
        return new Contract(
                Files.readString(Path.of("webapp/openapi.yaml")),
                Files.readString(Path.of("webapp/asyncapi.yaml")),
                Files.readString(Path.of("webapp/schemas.json")));
    }

    @ParameterizedTest
    @MethodSource("frames")
    void everyFrameIsAsDescribed(Class<?> type) throws Exception {
        String json = JsonCodec.text((Frame) sample(type));
        String name = Doc.read(json).type();

        contract().check(name, json);
        assertTrue(contract().asyncapi().at("/channels/session/messages").has(name), json);
    }

    @Test
    void everyCommandIsDescribed() throws IOException {
        for (Class<?> type : Command.class.getPermittedSubclasses()) {
            String name = type.getSimpleName().toLowerCase(Locale.ROOT);
            assertTrue(contract().asyncapi().at("/channels/session/messages").has(name + "Command"), name);
        }
    }

    @Test
    void messagePagesAndProblemsAreAsDescribed() throws Exception {
        var message = (Message) sample(Message.class);

        contract().check("message", message.as(JsonCodec.MESSAGE));
        contract().check("page", JsonCodec.page(List.of(message), AT + "," + AT, true));
        contract().check("stored", JsonCodec.published(AT.toString(), false));
        for (ErrorCode code : ErrorCode.values()) {
            contract().check("problem", JsonCodec.problem(code, code.httpStatus(), ""));
        }
    }

    static Stream<Class<?>> frames() {
        return leaves(Frame.class);
    }

    private static Stream<Class<?>> leaves(Class<?> type) {
        return type.isInterface()
                ? Arrays.stream(type.getPermittedSubclasses())
                        .flatMap(DescribedTest::leaves)
                        .distinct()
                : Stream.<Class<?>>of(type).filter(Class::isRecord);
    }

    /** Something of this type with every part of it there. */
    private static Object sample(Type type) throws Exception {
        if (type instanceof ParameterizedType list) {
            return List.of(sample(list.getActualTypeArguments()[0]));
        }
        Class<?> kind = (Class<?>) type;
        if (kind == long.class || kind == Long.class) {
            return 1L;
        }
        if (kind == int.class) {
            return 1;
        }
        if (kind == boolean.class || kind == Boolean.class) {
            return true;
        }
        if (kind == String.class) {
            return "x";
        }
        if (kind == ChannelName.class) {
            return CHANNEL;
        }
        if (kind == Position.class) {
            return AT;
        }
        if (kind == Content.class) {
            return new Content("{\"a\":1}", "note", "Ann");
        }
        if (kind == Signal.class) {
            return new Signal(CHANNEL, new Content("1", "", "Ann"));
        }
        if (kind == Message.class) {
            return new Message(CHANNEL, AT, new Content("1", "note", "Ann"), 1767225600000L);
        }
        return kind.isEnum() ? kind.getEnumConstants()[0] : whole(kind);
    }

    private static Object whole(Class<?> kind) throws Exception {
        RecordComponent[] parts = kind.getRecordComponents();
        Class<?>[] types = Arrays.stream(parts).map(RecordComponent::getType).toArray(Class<?>[]::new);
        Object[] values = new Object[parts.length];
        for (int i = 0; i < parts.length; i++) {
            values[i] = sample(parts[i].getGenericType());
        }
        var constructor = kind.getDeclaredConstructor(types);
        constructor.setAccessible(true);
        return constructor.newInstance(values);
    }
}
