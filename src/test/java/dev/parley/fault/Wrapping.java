package dev.parley.fault;

/** What a stream of bytes is wrapped in: takes it off, and passes on what was inside. */
public interface Wrapping {
    /** Takes all bytes from {@code from} to before {@code to}. */
    void take(byte[] bytes, int from, int to);
}
