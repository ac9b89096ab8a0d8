package dev.parley.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Base64;
import java.util.HashSet;
import java.util.Set;
import tools.jackson.core.JsonGenerator;

/**
 * Reads the items of a CBOR sequence (RFC 8949, RFC 8742) as JSON. Takes all that is well-formed and has a JSON form: a byte
 * string becomes a binary object, a bignum or decimal fraction the number that it is, and a tag that says nothing to JSON is
 * passed over.
 */
final class CborReader {
    /** How deep an item may lie in others and tags. JSON is taken one deeper, and there a byte string is an object. */
    private static final int DEEPEST = 499;

    /** Bytes of a bignum. What that is in digits is about what is taken of JSON. */
    private static final int LONGEST_NUMBER = 400;

    private final CborInput in;

    CborReader(byte[] sequence) {
        this.in = new CborInput(sequence);
    }

    boolean hasNext() {
        return in.hasNext();
    }

    /**
     * Writes the next item.
     *
     * @throws Refused if it is not well-formed or has no JSON form; {@link #hasNext} then tells whether the sequence can be read on
     *     behind it
     */
    void next(JsonGenerator json) {
        int begin = in.at();
        try {
            item(json, 0, false);
        } catch (Refused e) {
            in.skipFrom(begin, DEEPEST);
            throw e;
        }
    }

    /** @param bare whether a byte string is the content of a binary object, which is there already */
    private void item(JsonGenerator json, int depth, boolean bare) {
        if (depth > DEEPEST) {
            throw in.unsuitable("nested too deeply");
        }
        CborInput.Head head = in.head();
        switch (head.major()) {
            case CborInput.UNSIGNED, CborInput.NEGATIVE -> json.writeNumber(integer(head));
            case CborInput.BYTES -> {
                byte[] bytes = string(head);
                if (bare) {
                    json.writeString(Base64.getEncoder().encodeToString(bytes));
                } else {
                    JsonText.writeBinary(json, bytes, JsonText.OCTET_STREAM);
                }
            }
            case CborInput.TEXT -> json.writeString(text(head));
            case CborInput.ARRAY -> array(json, head, depth);
            case CborInput.MAP -> map(json, head, depth);
            case CborInput.TAG -> tagged(json, head, depth, bare);
            default -> simple(json, head);
        }
    }

    private void array(JsonGenerator json, CborInput.Head head, int depth) {
        json.writeStartArray();
        for (long left = in.count(head, 1); in.more(left); left--) {
            item(json, depth + 1, false);
        }
        json.writeEndArray();
    }

    private void map(JsonGenerator json, CborInput.Head head, int depth) {
        json.writeStartObject();
        Set<String> names = new HashSet<>();
        for (long left = in.count(head, 2); in.more(left); left--) {
            CborInput.Head key = in.head();
            if (key.major() != CborInput.TEXT) {
                throw in.unsuitable("a key is no text");
            }
            String name = text(key);
            if (!names.add(name)) {
                throw in.unsuitable("a key is there twice");
            }
            json.writeName(name);
            item(json, depth + 1, name.equals(JsonText.BINARY));
        }
        json.writeEndObject();
    }

    /** Chunks of text are valid UTF-8 each by itself (RFC 8949, section 3.2.3). */
    private String text(CborInput.Head head) {
        if (!head.isIndefinite()) {
            return utf8(in.bytes(head));
        }
        StringBuilder text = new StringBuilder();
        while (in.more(CborInput.UNTIL_BREAK)) {
            text.append(utf8(in.chunk(CborInput.TEXT)));
        }
        return text.toString();
    }

    private byte[] string(CborInput.Head head) {
        if (!head.isIndefinite()) {
            return in.bytes(head);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        while (in.more(CborInput.UNTIL_BREAK)) {
            bytes.writeBytes(in.chunk(CborInput.BYTES));
        }
        return bytes.toByteArray();
    }

    private String utf8(byte[] bytes) {
        try {
            return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw in.unsuitable("a text is not UTF-8");
        }
    }

    /** RFC 8949, section 3.4. */
    private void tagged(JsonGenerator json, CborInput.Head tag, int depth, boolean bare) {
        long number = tag.argument();
        if (number == CborInput.TAG_BIGNUM || number == CborInput.TAG_NEGATIVE_BIGNUM) {
            json.writeNumber(bignum(tag));
        } else if (number == CborInput.TAG_DECIMAL) {
            json.writeNumber(decimal());
        } else if (number == CborInput.TAG_BIGFLOAT) {
            throw in.unsuitable("bigfloats are not taken");
        } else {
            item(json, depth + 1, bare);
        }
    }

    private BigDecimal decimal() {
        CborInput.Head pair = in.head();
        boolean open = pair.isIndefinite();
        if (pair.major() != CborInput.ARRAY || pair.argument() != 2 && !open) {
            throw in.unsuitable("a decimal fraction is an array of two");
        }
        BigInteger exponent = integer(in.head());
        CborInput.Head mantissa = in.head();
        BigInteger digits = mantissa.major() == CborInput.TAG ? bignum(mantissa) : integer(mantissa);
        if (open && in.more(CborInput.UNTIL_BREAK)) {
            throw in.unsuitable("a decimal fraction is an array of two");
        }
        if (exponent.bitLength() > Integer.SIZE - 2) {
            throw in.unsuitable("an exponent is too large");
        }
        return new BigDecimal(digits, -exponent.intValue());
    }

    private BigInteger integer(CborInput.Head head) {
        BigInteger number = new BigInteger(Long.toUnsignedString(head.argument()));
        return switch (head.major()) {
            case CborInput.UNSIGNED -> number;
            case CborInput.NEGATIVE -> number.not();
            default -> throw in.unsuitable("an integer is missing");
        };
    }

    private BigInteger bignum(CborInput.Head tag) {
        CborInput.Head head = in.head();
        boolean negative = tag.argument() == CborInput.TAG_NEGATIVE_BIGNUM;
        if (head.major() != CborInput.BYTES || !negative && tag.argument() != CborInput.TAG_BIGNUM) {
            throw in.unsuitable("a bignum is a byte string");
        }
        byte[] bytes = string(head);
        if (bytes.length > LONGEST_NUMBER) {
            throw in.unsuitable("a number is too long");
        }
        BigInteger number = new BigInteger(1, bytes);
        return negative ? number.not() : number;
    }

    /** RFC 8949, section 3.3. JSON has neither infinities nor NaN, and its one nothing is null. */
    private void simple(JsonGenerator json, CborInput.Head head) {
        switch (head.info()) {
            case CborInput.FALSE, CborInput.TRUE -> json.writeBoolean(head.info() == CborInput.TRUE);
            case CborInput.NULL, CborInput.UNDEFINED -> json.writeNull();
            case CborInput.HALF, CborInput.SINGLE, CborInput.DOUBLE -> {
                double number = head.asFloat();
                if (!Double.isFinite(number)) {
                    throw in.unsuitable("a number is not finite");
                }
                json.writeNumber(number);
            }
            default -> throw in.unsuitable("a simple value is unknown");
        }
    }
}
