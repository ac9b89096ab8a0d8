package dev.parley.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Writes JSON values as CBOR: heads and floats as short as they may be (RFC 8949, section 4.1), lengths always known, a binary
 * object as a byte string. Every value stays what it is; of members of the same name, which a map must not have, the last counts.
 */
final class CborWriter {
    /** What JSON's null is in a tree. */
    private static final Object NULL = new Object();

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private CborWriter() {}

    /** JSON values, one after the other, as a CBOR sequence (RFC 8742). */
    static byte[] sequence(String json) {
        CborWriter writer = new CborWriter();
        try (JsonParser parser = JsonText.parser(json.toCharArray(), 0)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                writer.value(tree(parser, token));
            }
        }
        return writer.out.toByteArray();
    }

    private static Object tree(JsonParser parser, JsonToken token) {
        return switch (token) {
            case START_OBJECT -> {
                Map<String, Object> members = new LinkedHashMap<>();
                for (String name = parser.nextName(); name != null; name = parser.nextName()) {
                    members.put(name, tree(parser, parser.nextToken()));
                }
                yield members;
            }
            case START_ARRAY -> {
                List<Object> elements = new ArrayList<>();
                for (JsonToken next = parser.nextToken(); next != JsonToken.END_ARRAY; next = parser.nextToken()) {
                    elements.add(tree(parser, next));
                }
                yield elements;
            }
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> JsonNumber.of(parser.getString());
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> NULL;
            default -> parser.getString();
        };
    }

    private void value(Object value) {
        switch (value) {
            case String text -> text(text);
            case BigInteger number -> integer(number);
            case Double number -> floating(number);
            case BigDecimal number -> decimal(number);
            case Boolean is -> head(CborInput.SIMPLE, is ? CborInput.TRUE : CborInput.FALSE);
            case List<?> elements -> {
                head(CborInput.ARRAY, elements.size());
                elements.forEach(this::value);
            }
            case Map<?, ?> members ->
                Binary.of(members).ifPresentOrElse(binary -> binary(binary, true), () -> map(members));
            default -> head(CborInput.SIMPLE, CborInput.NULL);
        }
    }

    private void map(Map<?, ?> members) {
        head(CborInput.MAP, members.size());
        members.forEach((name, value) -> {
            text((String) name);
            Optional<Binary> binary = value instanceof Map<?, ?> inner ? Binary.of(inner) : Optional.empty();
            if (binary.isPresent() && name.equals(JsonText.BINARY)) {
                binary(binary.get(), false);
            } else {
                value(value);
            }
        });
    }

    /** @param alone whether a byte string alone means the same: not where it would make its parent a binary object */
    private void binary(Binary binary, boolean alone) {
        if (!alone || !binary.type().equals(JsonText.OCTET_STREAM)) {
            head(CborInput.MAP, 2);
            text("type");
            text(binary.type());
            text(JsonText.BINARY);
        }
        head(CborInput.BYTES, binary.bytes().length);
        out.writeBytes(binary.bytes());
    }

    private void text(String text) {
        byte[] utf8 = text.getBytes(UTF_8);
        head(CborInput.TEXT, utf8.length);
        out.writeBytes(utf8);
    }

    private void integer(BigInteger number) {
        boolean negative = number.signum() < 0;
        BigInteger argument = negative ? number.not() : number;
        if (argument.bitLength() <= Long.SIZE) {
            head(negative ? CborInput.NEGATIVE : CborInput.UNSIGNED, argument.longValue());
            return;
        }
        head(CborInput.TAG, negative ? CborInput.TAG_NEGATIVE_BIGNUM : CborInput.TAG_BIGNUM);
        byte[] bytes = argument.toByteArray();
        int sign = bytes[0] == 0 ? 1 : 0;
        head(CborInput.BYTES, bytes.length - sign);
        out.write(bytes, sign, bytes.length - sign);
    }

    private void decimal(BigDecimal number) {
        head(CborInput.TAG, CborInput.TAG_DECIMAL);
        head(CborInput.ARRAY, 2);
        integer(BigInteger.valueOf(-(long) number.scale()));
        integer(number.unscaledValue());
    }

    private void floating(double number) {
        float single = (float) number;
        short half = Float.floatToFloat16(single);
        if (Float.float16ToFloat(half) == number) {
            fixed(CborInput.HALF, half, Short.BYTES);
        } else if (single == number) {
            fixed(CborInput.SINGLE, Float.floatToRawIntBits(single), Float.BYTES);
        } else {
            fixed(CborInput.DOUBLE, Double.doubleToRawLongBits(number), Double.BYTES);
        }
    }

    private void fixed(int info, long bits, int bytes) {
        out.write(CborInput.SIMPLE << 5 | info);
        bigEndian(bits, bytes);
    }

    /** @param argument unsigned */
    private void head(int major, long argument) {
        int first = major << 5;
        if (argument >= 0 && argument < 24) {
            out.write(first | (int) argument);
            return;
        }
        int power = argument >>> 8 == 0 ? 0 : argument >>> 16 == 0 ? 1 : argument >>> 32 == 0 ? 2 : 3;
        out.write(first | 24 + power);
        bigEndian(argument, 1 << power);
    }

    private void bigEndian(long bits, int bytes) {
        for (int shift = (bytes - 1) * Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
            out.write((int) (bits >>> shift));
        }
    }
}
