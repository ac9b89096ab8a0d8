package dev.parley.core;

/** The log cannot be reached or written now. Nothing was stored; trying again later may succeed. */
public final class LogUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public LogUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
