package dev.parley.protocol;

/** Why a command or request was refused: the table of error codes, one for all transports. */
public enum ErrorCode {
    MALFORMED(4001, "malformed command", false, 400),
    BAD_CHANNEL(4002, "bad channel name", false, 400),
    NOT_PERMITTED(4003, "not permitted", false, 403),
    NOT_FOUND(4004, "no such channel, session or user", false, 404),
    TOO_LARGE(4005, "too large", false, 413),
    SUBSCRIPTION(4006, "already, or not, subscribed", false, 409),
    BAD_POSITION(4007, "bad position", false, 400),
    CREDENTIALS(4008, "credentials missing, invalid or expired", false, 401),
    LIMIT(4009, "limit of channels, connections or members reached", false, 429),
    TOO_MANY_REQUESTS(4010, "too many requests", true, 429),
    LOG_UNAVAILABLE(4011, "the log cannot be reached now; nothing was stored", true, 503),
    INTERNAL(4012, "internal error", true, 500);

    private final int number;
    private final String text;
    private final boolean retry;
    private final int httpStatus;

    ErrorCode(int number, String text, boolean retry, int httpStatus) {
        this.number = number;
        this.text = text;
        this.retry = retry;
        this.httpStatus = httpStatus;
    }

    public int number() {
        return number;
    }

    public String text() {
        return text;
    }

    /** Whether the same request may succeed later. */
    public boolean retry() {
        return retry;
    }

    public int httpStatus() {
        return httpStatus;
    }
}
