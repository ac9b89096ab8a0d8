package dev.parley.wire.client;

import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/**
 * JSON texts to trees of {@link Doc}, List, String, Number, Boolean and {@link #NULL}, and back. Strict: no doubled members,
 * nothing behind the value.
 */
public final class Json {
    /** JSON's null, so that trees need no Java null. */
    public static final Object NULL = new Object() {
        @Override
        public String toString() {
            return "null";
        }
    };

    private record Verbatim(String json) {
        @Override
        public String toString() {
            return json;
        }
    }

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNumberLength(1 << 20)
                    .maxStringLength(1 << 26)
                    .build())
            .build();

    private Json() {}

    public static Object read(String text) {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
            Object value = value(parser, parser.nextToken());
            if (parser.nextToken() != null) {
                throw new AssertionError("more than one JSON value: " + text);
            }
            return value;
        } catch (JacksonException e) {
            throw new AssertionError("not JSON: " + text, e);
        }
    }

    /** The value as one line of JSON; what is no tree is written as its {@code toString()}, which so may be ready JSON. */
    public static String write(Object value) {
        return switch (value) {
            case String text -> quoted(text);
            case List<?> list ->
                String.join(",", list.stream().map(Json::write).toList()).transform(inner -> "[" + inner + "]");
            default -> value.toString();
        };
    }

    /** Something that {@link #write} passes on as it is. */
    public static Object verbatim(String json) {
        return new Verbatim(json);
    }

    static Object value(JsonParser parser, JsonToken token) {
        return switch (token) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> parser.getString();
            case VALUE_NUMBER_INT -> integer(parser.getNumberValue());
            case VALUE_NUMBER_FLOAT -> parser.getDecimalValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> NULL;
            case VALUE_EMBEDDED_OBJECT -> ByteBuffer.wrap(parser.getBinaryValue()); // of CBOR
            default -> throw new AssertionError("unexpected " + token);
        };
    }

    /** A Long where one is enough, so that equal numbers are equal objects. */
    private static Object integer(Number number) {
        return number instanceof BigInteger ? number : (Object) number.longValue();
    }

    private static Doc object(JsonParser parser) {
        var members = new LinkedHashMap<String, Object>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            members.put(name, value(parser, parser.nextToken()));
        }
        return new Doc(members);
    }

    private static List<Object> array(JsonParser parser) {
        var values = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            values.add(value(parser, token));
        }
        return values;
    }

    private static String quoted(String text) {
        var out = new StringWriter();
        try (var generator = FACTORY.createGenerator(ObjectWriteContext.empty(), out)) {
            generator.writeString(text);
        }
        return out.toString();
    }
}
