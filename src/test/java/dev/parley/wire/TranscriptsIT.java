package dev.parley.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parley.wire.client.Contract;
import dev.parley.wire.client.Doc;
import dev.parley.wire.client.Json;
import dev.parley.wire.client.Session;
import dev.parley.wire.client.Wire;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The transcripts in {@code vectors/}, which the browser's tests read too, said to the server word by word. A text that begins
 * with {@code $} stands for what was heard in its first place, and for the same in every other.
 */
class TranscriptsIT extends WireSuite {
    private final Contract contract = Contract.of(wire);
    private final Map<String, Object> known = new LinkedHashMap<>(Map.of("$channel", channel()));

    TranscriptsIT(Wire wire) {
        super(wire);
    }

    @ParameterizedTest
    @ValueSource(strings = {"publishing", "refusals"})
    void theServerSaysWhatTheTranscriptSays(String name) throws IOException {
        follow(name, new Session(socket("ws?name=Ann")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"publishing", "refusals"})
    void theServerSaysTheSameInCbor(String name) throws IOException {
        follow(name, kept(Session.cbor(wire, "?name=Ann")));
    }

    private void follow(String name, Session session) throws IOException {
        for (Object step : steps(name)) {
            if (step instanceof Doc line && line.has("say")) {
                session.say((Doc) filled(line.value("say")));
            } else if (step instanceof Doc line) {
                Doc heard = session.next();
                contract.check(heard.type(), heard.toString());
                learn(line.value("hear"), heard);
                assertEquals(filled(line.value("hear")), heard);
            }
        }
    }

    private static List<?> steps(String name) throws IOException {
        String text = Files.readString(Path.of("src/test/resources/vectors/" + name + ".json"));
        return (List<?>) Json.read(text);
    }

    private void learn(Object expected, Object heard) {
        if (expected instanceof String text && text.startsWith("$")) {
            known.putIfAbsent(text, heard);
        } else if (expected instanceof Doc doc && heard instanceof Doc actual) {
            doc.members().forEach((name, value) -> learn(value, actual.members().getOrDefault(name, "nothing")));
        }
    }

    private Object filled(Object value) {
        return switch (value) {
            case String text -> known.getOrDefault(text, text);
            case List<?> list -> list.stream().map(this::filled).toList();
            case Doc doc -> {
                var members = new LinkedHashMap<String, Object>();
                doc.members().forEach((name, member) -> members.put(name, filled(member)));
                yield new Doc(members);
            }
            default -> value;
        };
    }
}
