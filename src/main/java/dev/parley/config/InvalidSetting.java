package dev.parley.config;

/** A setting that stops the start. The message names it and says what it must be. */
public final class InvalidSetting extends RuntimeException {
    private static final long serialVersionUID = 1L;

    InvalidSetting(String message) {
        super(message);
    }
}
