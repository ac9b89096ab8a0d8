package dev.parley.protocol;

import static dev.parley.protocol.JsonTexts.compact;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTextTest {
    @Provide
    Arbitrary<String> json() {
        return JsonTexts.any();
    }

    @Provide
    Arbitrary<String> strings() {
        return JsonTexts.string();
    }

    /** Numbers and escapes too: nothing but white space between tokens changes. */
    @Property
    void valueComesOutInOneLineAndMeansTheSame(@ForAll("json") String text) {
        String value = JsonText.value(text);

        assertEquals(compact(text), compact(value));
        assertFalse(value.contains("\n") || value.contains("\r"), value);
        assertEquals(value.strip(), value);
        assertEquals(value, JsonText.value(value));
    }

    /** The parser reads in pieces of some thousand characters. */
    @Property(tries = 200)
    void valueOfAnyLengthIsKept(
            @ForAll("json") String text,
            @ForAll @IntRange(max = 5000) int before,
            @ForAll @IntRange(max = 5000) int inside) {
        String value = '[' + text.strip() + ",\"" + "s".repeat(inside) + "\\n\"]";

        assertEquals(compact(value), compact(JsonText.value(" ".repeat(before) + value)));
    }

    @Property
    void secondValueIsRefused(@ForAll("json") String one, @ForAll("json") String other) {
        assertMalformed(one + ' ' + other);
    }

    @Property
    void halfAStringIsRefused(@ForAll("strings") String whole) {
        assertMalformed(whole.substring(0, whole.length() - 1));
        assertMalformed('[' + whole);
        assertMalformed("{\"a\":" + whole);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " \n",
                "nonsense",
                "tru",
                "NaN",
                "Infinity",
                "'single'",
                "{a:1}",
                "{\"a\":1,}",
                "[1,]",
                "[1 2]",
                "{} x",
                "1,2",
                "]",
                "}",
                "01",
                "+1",
                ".5",
                "1.",
                "1e",
                "0x1",
                "\"line\nbreak\"",
                "\"tab\there\"",
                "\"\\x\"",
                "\"\\u12\"",
                "// comment\n1",
                "1 # comment",
                "\u00a01",
            })
    void othersAreRefused(String text) {
        assertMalformed(text);
    }

    @Example
    void refusalSaysWhereReadingStopped() {
        Refused refused = assertThrows(Refused.class, () -> JsonText.value("{\n \"a\": nonsense}"));

        assertTrue(refused.detail().startsWith("not JSON, see line 2, column "), refused.detail());
    }

    @Example
    void scalarsAloneAreValues() {
        assertEquals("-12.50e+3", JsonText.value("\r\n-12.50e+3\n"));
        assertEquals("\"a\"", JsonText.value("\"a\""));
        assertEquals("null", JsonText.value(" null"));
    }

    @Property
    void anyTextBecomesAString(@ForAll String text) {
        String json = JsonText.string(text);

        assertEquals(json, JsonText.value(json));
        assertFalse(json.contains("\n") || json.contains("\r"), json);
        assertEquals(text, textOf(json));
    }

    @Example
    void binaryIsBase64WithItsType() {
        byte[] bytes = {0, -1, 127, 62, 63};

        assertEquals(
                "{\"$binary\":\"AP9/Pj8=\",\"type\":\"image/png\"}",
                JsonText.binary(bytes, "image/png").replace("\\/", "/"));
    }

    private static String textOf(String json) {
        try (var parser = JsonText.parser(json.toCharArray(), 0)) {
            parser.nextToken();
            return parser.getString();
        }
    }

    private static void assertMalformed(String text) {
        Refused refused = assertThrows(Refused.class, () -> JsonText.value(text), text);
        assertEquals(ErrorCode.MALFORMED, refused.code());
        assertEquals(400, refused.status());
    }
}
