package dev.parley.core;

/** Whoever is to be told that a channel has something new for it. */
@FunctionalInterface
public interface Reader {
    /** Something came after this reader's cursor. Called by any thread: must not block or throw, and may be called in vain. */
    void wake();

    /** The same, by a thread that has nothing better to do: the reader may take what came and write it, and block meanwhile. */
    default void visit() {
        wake();
    }

    /** A signal was sent to the channel; whoever does not care drops it. Must not block or throw. */
    default void signal(Signal signal) {}
}
