package dev.parley.wire.client;

/** The table of error codes as the protocol's section 2.4 prints it. */
public enum Code {
    MALFORMED(4001, "malformed command", 400),
    BAD_CHANNEL(4002, "bad channel name", 400),
    NOT_PERMITTED(4003, "not permitted", 403),
    NOT_FOUND(4004, "no such channel, session or user", 404),
    TOO_LARGE(4005, "too large", 413),
    SUBSCRIPTION(4006, "already, or not, subscribed", 409),
    BAD_POSITION(4007, "bad position", 400),
    CREDENTIALS(4008, "credentials missing, invalid or expired", 401),
    LIMIT(4009, "limit of channels, connections or members reached", 429),
    TOO_MANY_REQUESTS(4010, "too many requests", 429),
    LOG_UNAVAILABLE(4011, "the log cannot be reached now; nothing was stored", 503);

    private final int number;
    private final String text;
    private final int httpStatus;

    Code(int number, String text, int httpStatus) {
        this.number = number;
        this.text = text;
        this.httpStatus = httpStatus;
    }

    public int number() {
        return number;
    }

    public String text() {
        return text;
    }

    public int httpStatus() {
        return httpStatus;
    }

    /** Whether the same may succeed later. */
    public boolean retry() {
        return this == TOO_MANY_REQUESTS || this == LOG_UNAVAILABLE;
    }
}
