package dev.parley.protocol;

import java.util.Arrays;

/** The bytes of a CBOR sequence and the place in them: heads, strings, and the check that all is well-formed. */
final class CborInput {
    // The major types (RFC 8949, section 3.1).
    static final int UNSIGNED = 0;
    static final int NEGATIVE = 1;
    static final int BYTES = 2;
    static final int TEXT = 3;
    static final int ARRAY = 4;
    static final int MAP = 5;
    static final int TAG = 6;
    static final int SIMPLE = 7;

    // What a head of major type 7 says (section 3.3).
    static final int FALSE = 20;
    static final int TRUE = 21;
    static final int NULL = 22;
    static final int UNDEFINED = 23;
    static final int HALF = 25;
    static final int SINGLE = 26;
    static final int DOUBLE = 27;

    // Numbers that are more than their head (section 3.4).
    static final int TAG_BIGNUM = 2;
    static final int TAG_NEGATIVE_BIGNUM = 3;
    static final int TAG_DECIMAL = 4;
    static final int TAG_BIGFLOAT = 5;

    /** In place of a count: the container ends with a break. */
    static final long UNTIL_BREAK = -1;

    private static final int INDEFINITE = 31;
    private static final int BREAK = 0xff;
    private static final int ONE_BYTE = 24;

    /**
     * What an item begins with.
     *
     * @param info the lower five bits of the first byte
     * @param argument unsigned
     */
    record Head(int major, int info, long argument) {
        boolean isIndefinite() {
            return info == INDEFINITE;
        }

        /** The number of a float. */
        double asFloat() {
            return switch (info) {
                case HALF -> Float.float16ToFloat((short) argument);
                case SINGLE -> Float.intBitsToFloat((int) argument);
                default -> Double.longBitsToDouble(argument);
            };
        }
    }

    private final byte[] bytes;
    private int at;

    CborInput(byte[] bytes) {
        this.bytes = bytes;
    }

    int at() {
        return at;
    }

    boolean hasNext() {
        return at < bytes.length;
    }

    Head head() {
        int first = next();
        int major = first >> 5;
        int info = first & 31;
        long argument = info;
        if (info >= ONE_BYTE && info <= DOUBLE) {
            argument = 0;
            for (int left = 1 << (info - ONE_BYTE); left > 0; left--) {
                argument = argument << 8 | next();
            }
        } else if (info > DOUBLE && (info < INDEFINITE || major < BYTES || major > MAP)) {
            throw malformed();
        }
        if (major == SIMPLE && info == ONE_BYTE && argument < 32) {
            throw malformed();
        }
        return new Head(major, info, argument);
    }

    /** How many items, or pairs of them, a container has; {@link #UNTIL_BREAK} if it does not say. */
    long count(Head head, int each) {
        if (head.isIndefinite()) {
            return UNTIL_BREAK;
        }
        if (head.argument() < 0 || head.argument() > (bytes.length - at) / each) {
            throw malformed(); // an item has at least one byte
        }
        return head.argument();
    }

    /** Whether a container goes on. Goes behind the break that ends one of unknown length. */
    boolean more(long left) {
        if (left >= 0) {
            return left > 0;
        }
        if (hasNext() && (bytes[at] & 0xff) == BREAK) {
            at++;
            return false;
        }
        return true;
    }

    byte[] bytes(Head head) {
        int from = at;
        pass(head);
        return Arrays.copyOfRange(bytes, from, at);
    }

    /** A part of a string of unknown length. */
    byte[] chunk(int major) {
        return bytes(chunkHead(major));
    }

    /** Goes behind the item that begins there; to the end if it is not well-formed, as nobody can tell where it ends. */
    void skipFrom(int begin, int deepest) {
        at = begin;
        try {
            skip(deepest);
        } catch (Refused e) {
            at = bytes.length;
        }
    }

    private void skip(int deepest) {
        if (deepest < 0) {
            throw malformed();
        }
        Head head = head();
        switch (head.major()) {
            case BYTES, TEXT -> {
                if (head.isIndefinite()) {
                    while (more(UNTIL_BREAK)) {
                        pass(chunkHead(head.major()));
                    }
                } else {
                    pass(head);
                }
            }
            case ARRAY, MAP -> {
                int each = head.major() == MAP ? 2 : 1;
                for (long left = count(head, each); more(left); left--) {
                    skip(deepest - 1);
                    if (each == 2) {
                        skip(deepest - 1);
                    }
                }
            }
            case TAG -> skip(deepest - 1);
            default -> {} // the head is all
        }
    }

    private Head chunkHead(int major) {
        Head head = head();
        if (head.major() != major || head.isIndefinite()) {
            throw malformed();
        }
        return head;
    }

    private void pass(Head head) {
        if (head.argument() < 0 || head.argument() > bytes.length - at) {
            throw malformed();
        }
        at += (int) head.argument();
    }

    private int next() {
        if (!hasNext()) {
            throw malformed();
        }
        return bytes[at++] & 0xff;
    }

    private Refused malformed() {
        return new Refused(ErrorCode.MALFORMED, "not CBOR, see byte " + at);
    }

    /** Well-formed, but with no JSON form. */
    Refused unsuitable(String why) {
        return new Refused(ErrorCode.MALFORMED, why + ", see byte " + at);
    }
}
