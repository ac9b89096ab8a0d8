package dev.parley.protocol;

/** Why a WebSocket was closed by the server. From 4000 on the number tells the client what to do: below 4500 come back. */
public enum CloseCode {
    NORMAL(1000, "bye"),
    UNSUPPORTED_DATA(1003, "text and binary frames do not mix: the subprotocol says which"),
    TOO_BIG(1009, "frame too big"),
    RESTART(1012, "this node goes away, come back"),
    OVERLOADED(1013, "not now, come back later"),
    TOO_SLOW(4000, "too slow, come back with your position"),
    NO_SIGN_OF_LIFE(4001, "no sign of life"),
    NOT_ALLOWED(4500, "not allowed"),
    KICKED(4502, "kicked by an administrator"),
    PROTOCOL_ERRORS(4503, "too many protocol errors");

    private final int number;
    private final String text;

    CloseCode(int number, String text) {
        this.number = number;
        this.text = text;
    }

    public int number() {
        return number;
    }

    /** At most 123 bytes of UTF-8, what a close frame has room for (RFC 6455, section 5.5). */
    public String text() {
        return text;
    }
}
