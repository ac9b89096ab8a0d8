package dev.parley.protocol;

import java.math.BigDecimal;
import java.math.BigInteger;

/** Numbers of JSON, which have any size and precision, as the Java type that holds their exact value. */
final class JsonNumber {
    private JsonNumber() {}

    /**
     * A BigInteger for what is written as an integer, a Double where its shortest decimal form is that very number, else a
     * BigDecimal. A number whose exponent no BigDecimal holds stays a String.
     */
    static Object of(String text) {
        if (isInteger(text)) {
            return new BigInteger(text);
        }
        double nearest = Double.parseDouble(text);
        try {
            BigDecimal exact = new BigDecimal(text);
            return Double.isFinite(nearest) && BigDecimal.valueOf(nearest).compareTo(exact) == 0
                    ? (Object) nearest
                    : exact;
        } catch (NumberFormatException e) {
            return text;
        }
    }

    /** Minus zero is none: only a float keeps its sign. */
    private static boolean isInteger(String text) {
        return text.chars().allMatch(c -> c == '-' || c >= '0' && c <= '9') && !text.equals("-0");
    }
}
