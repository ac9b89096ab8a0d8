package dev.parley.core;

/** The log cannot be reached or written now. Trying again later may succeed. */
public final class LogUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public LogUnavailable(String message) {
        super(message, null, false, false); // says all there is to say, and may come a thousand times a second
    }

    public LogUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
