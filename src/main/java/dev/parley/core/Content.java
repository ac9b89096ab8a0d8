package dev.parley.core;

/**
 * What a publisher gives: everything of a message that the log does not add.
 *
 * @param data one JSON value in its text form, without line breaks
 * @param event the event's name, or empty for none
 * @param from who published it, or empty for nobody in particular
 */
public record Content(String data, String event, String from) {
    /** What a message costs beyond its text: object headers, position, place in the log. In bytes, rounded up. */
    private static final int OVERHEAD = 160;

    /** Estimated memory in bytes, which is what a namespace's {@code history-bytes} counts. */
    public long weight() {
        return OVERHEAD + data.length() + event.length() + from.length();
    }
}
