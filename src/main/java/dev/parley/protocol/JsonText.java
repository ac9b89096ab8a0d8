package dev.parley.protocol;

import java.io.StringWriter;
import java.util.Base64;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

/** JSON as text: values are kept as their publishers wrote them, so that numbers and escapes stay exact. */
public final class JsonText {
    /** The member that tells a binary object: its content in base64. */
    static final String BINARY = "$binary";

    static final String OCTET_STREAM = "application/octet-stream";

    private static final JsonFactory JSON = new JsonFactory();

    private JsonText() {}

    /**
     * Exactly one JSON value, in one line.
     *
     * @throws Refused if the text is something else
     */
    public static String value(String text) {
        try (JsonParser parser = parser(text.toCharArray(), 0)) {
            if (parser.nextToken() == null) {
                throw new Refused(ErrorCode.MALFORMED, "a JSON value is missing");
            }
            String value = raw(parser, text, 0);
            if (parser.nextToken() != null) {
                throw new Refused(ErrorCode.MALFORMED, "more than one JSON value");
            }
            return value;
        } catch (JacksonException e) {
            throw broken(e);
        }
    }

    public static String string(String text) {
        return write(json -> json.writeString(text));
    }

    /** How binary data looks to who reads JSON. */
    public static String binary(byte[] data, String mediaType) {
        return write(json -> writeBinary(json, data, mediaType));
    }

    static void writeBinary(JsonGenerator json, byte[] data, String mediaType) {
        json.writeStartObject();
        json.writeStringProperty(BINARY, Base64.getEncoder().encodeToString(data));
        json.writeStringProperty("type", mediaType);
        json.writeEndObject();
    }

    /** The library's own words name its parts, which means nothing to a client; where it stopped does. */
    static Refused broken(JacksonException cause) {
        TokenStreamLocation at = cause.getLocation();
        String where = at == null ? "" : ", see line " + at.getLineNr() + ", column " + at.getColumnNr();
        return new Refused(ErrorCode.MALFORMED, "not JSON" + where);
    }

    /** Positions that the parser tells count from {@code offset}. */
    static JsonParser parser(char[] text, int offset) {
        return JSON.createParser(ObjectReadContext.empty(), text, offset, text.length - offset);
    }

    static String write(Consumer<JsonGenerator> writing) {
        StringWriter out = new StringWriter();
        try (JsonGenerator json = generator(out)) {
            writing.accept(json);
        }
        return out.toString();
    }

    static JsonGenerator generator(StringWriter out) {
        return JSON.createGenerator(ObjectWriteContext.empty(), out);
    }

    /**
     * The text of the value at which the parser stands, read to its end.
     *
     * @param base where in {@code text} the parser began
     */
    static String raw(JsonParser parser, String text, int base) {
        int from = base + (int) parser.currentTokenLocation().getCharOffset();
        JsonToken token = parser.currentToken();
        if (token.isStructStart()) {
            parser.skipChildren();
        } else {
            parser.finishToken(); // a string is scanned only when asked for
        }
        int to = base + (int) parser.currentLocation().getCharOffset();
        return singleLine(text.substring(from, to).strip());
    }

    /** Line breaks in valid JSON stand between tokens only; as spaces they mean the same and can part no frame. */
    private static String singleLine(String json) {
        return json.indexOf('\n') < 0 && json.indexOf('\r') < 0
                ? json
                : json.replace('\n', ' ').replace('\r', ' ');
    }
}
