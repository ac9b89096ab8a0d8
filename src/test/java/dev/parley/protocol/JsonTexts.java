package dev.parley.protocol;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** JSON values as people and programs write them: any white space between tokens, numbers and escapes in all their forms. */
final class JsonTexts {
    private static final int DEEPEST = 4;

    private JsonTexts() {}

    static Arbitrary<String> any() {
        return value(DEEPEST);
    }

    /** The same text without the white space between its tokens. */
    static String compact(String json) {
        var text = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            if (quoted && c == '\\') {
                text.append(c).append(json.charAt(++i));
                continue;
            }
            quoted ^= c == '"';
            if (quoted || " \t\r\n".indexOf(c) < 0) {
                text.append(c);
            }
        }
        return text.toString();
    }

    static Arbitrary<String> string() {
        Arbitrary<String> plain = Arbitraries.strings()
                .withCharRange(' ', '!')
                .withCharRange('#', '[')
                .withCharRange(']', '\ud7ff')
                .withCharRange('\ue000', '\uffff')
                .ofMaxLength(8);
        Arbitrary<String> special = Arbitraries.of(
                "\\n",
                "\\r\\n",
                "\\\"",
                "\\\\",
                "\\/",
                "/",
                "\\u2028",
                "\u2028",
                "\\ud83d\\ude00",
                "\ud83d\ude00",
                "\\u0041");
        return Arbitraries.oneOf(plain, special).list().ofMaxSize(4).map(parts -> '"' + String.join("", parts) + '"');
    }

    private static Arbitrary<String> value(int depth) {
        Arbitrary<String> scalar = Arbitraries.oneOf(number(), string(), Arbitraries.of("true", "false", "null"));
        return depth == 0 ? padded(scalar) : Arbitraries.oneOf(padded(scalar), array(depth), object(depth));
    }

    private static Arbitrary<String> number() {
        return Arbitraries.of(
                "0",
                "-0",
                "1.0",
                "1.50",
                "-1e+05",
                "1E-7",
                "1e400",
                "12345678901234567890123456789",
                "0.1000000000000000055511");
    }

    private static Arbitrary<String> array(int depth) {
        Arbitrary<List<String>> elements = value(depth - 1).list().ofMaxSize(3);
        return padded(elements.map(all -> '[' + String.join(",", all) + ']'));
    }

    private static Arbitrary<String> object(int depth) {
        Arbitrary<String> member =
                Combinators.combine(padded(string()), value(depth - 1)).as((name, value) -> name + ':' + value);
        return padded(member.list().ofMaxSize(3).map(all -> '{' + String.join(",", all) + '}'));
    }

    private static Arbitrary<String> padded(Arbitrary<String> json) {
        Arbitrary<String> space = Arbitraries.of("", "", "", " ", "\t", "\n", "\r\n", "\r", " \n  ");
        return Combinators.combine(space, json, space).as((before, text, after) -> before + text + after);
    }
}
