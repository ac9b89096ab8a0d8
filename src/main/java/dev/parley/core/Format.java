package dev.parley.core;

/**
 * A way of writing a message on the wire. A message keeps what a format made of it, so that it is encoded once however many read
 * it.
 *
 * @param <T> what a transport takes: a string for text frames, bytes for a stream
 */
public interface Format<T> {
    /** How many formats a message can keep the result of. */
    int SLOTS = 5;

    /** The place for this format's result in a message: 0 to {@link #SLOTS} - 1, another one for each format. */
    int slot();

    /** Pure: equal messages give equal results. May run twice for one message when two threads ask at once. */
    T encode(Message message);
}
