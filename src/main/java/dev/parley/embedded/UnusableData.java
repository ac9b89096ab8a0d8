package dev.parley.embedded;

/** The data folder cannot be used, so the node must not start. The message names the folder and says what to do. */
public final class UnusableData extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnusableData(String message, Throwable cause) {
        super(message, cause);
    }

    UnusableData(String message) {
        super(message);
    }
}
