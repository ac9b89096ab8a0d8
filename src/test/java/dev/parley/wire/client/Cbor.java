package dev.parley.wire.client;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.dataformat.cbor.CBORFactory;

/** CBOR sequences (RFC 8742) and the trees of {@link Json}, in which a byte string is a ByteBuffer. By another's library. */
public final class Cbor {
    private static final CBORFactory FACTORY = CBORFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private Cbor() {}

    public static List<Object> read(byte[] sequence) {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), sequence)) {
            var items = new ArrayList<>();
            for (var token = parser.nextToken(); token != null; token = parser.nextToken()) {
                items.add(Json.value(parser, token));
            }
            return items;
        } catch (JacksonException e) {
            throw new AssertionError("not CBOR", e);
        }
    }

    public static byte[] write(Object... items) {
        var out = new ByteArrayOutputStream();
        for (Object item : items) {
            try (JsonGenerator generator = FACTORY.createGenerator(ObjectWriteContext.empty(), out)) {
                write(generator, item);
            }
        }
        return out.toByteArray();
    }

    private static void write(JsonGenerator to, Object value) {
        switch (value) {
            case Doc doc -> {
                to.writeStartObject(doc, doc.members().size());
                doc.members().forEach((name, member) -> {
                    to.writeName(name);
                    write(to, member);
                });
                to.writeEndObject();
            }
            case List<?> list -> {
                to.writeStartArray(list, list.size());
                list.forEach(element -> write(to, element));
                to.writeEndArray();
            }
            case ByteBuffer bytes -> {
                byte[] copy = new byte[bytes.remaining()];
                bytes.duplicate().get(copy);
                to.writeBinary(copy);
            }
            case String text -> to.writeString(text);
            case Boolean is -> to.writeBoolean(is);
            case Integer number -> to.writeNumber(number);
            case Long number -> to.writeNumber(number);
            case Double number -> to.writeNumber(number);
            case BigInteger number -> to.writeNumber(number);
            case BigDecimal number -> to.writeNumber(number);
            default -> to.writeNull();
        }
    }
}
