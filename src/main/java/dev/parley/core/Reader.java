package dev.parley.core;

/** Whoever is to be told that a channel has something new for it. */
@FunctionalInterface
public interface Reader {
    /** Something came after this reader's cursor. Called by publishing threads: must not block or throw, and may be called in vain. */
    void wake();
}
