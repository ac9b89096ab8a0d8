package dev.parley.boot;

/** What lies at the bottom of an exception. */
final class Causes {
    private Causes() {}

    static Throwable root(Throwable thrown) {
        Throwable cause = thrown;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }
}
