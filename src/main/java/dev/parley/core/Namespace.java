package dev.parley.core;

import java.time.Duration;

/**
 * The rules for all channels whose names start alike.
 *
 * @param history how many messages a channel retains at most, at least 1
 * @param historyAge how long a message is retained at most
 * @param historyBytes how much memory a channel's retained messages may take, in bytes as {@link Content#weight} counts
 * @param slowReader what happens to a reader that the retained log has moved past
 * @param keyTime how long a publisher's key is remembered
 * @param durable whether messages outlive the process, where the broker can do that
 * @param fsync when a durable message is forced to the disk
 * @param compact whether of each event name only the newest message is retained: what is superseded is no gap. Messages without
 *     a name supersede each other
 */
public record Namespace(
        int history,
        Duration historyAge,
        long historyBytes,
        SlowReader slowReader,
        Duration keyTime,
        boolean durable,
        Fsync fsync,
        boolean compact) {
    /** What a power cut may take of what was announced. A process that dies takes nothing. */
    public enum Fsync {
        /** Nothing: a message is on the disk itself before anybody hears of it. */
        ALWAYS,
        /** The last second. */
        SECOND,
        /** What the system has not written yet, which may be half a minute. */
        NEVER;

        /** What holds for two messages that are written as one. */
        public static Fsync stricter(Fsync one, Fsync other) {
            return one.compareTo(other) < 0 ? one : other;
        }
    }

    /** What a reader meets that stands before the oldest retained message. */
    public enum SlowReader {
        /** Its connection is closed with 4000; it comes back with its position and learns what it missed. */
        CLOSE,
        /** It is told what it missed and goes on from the oldest retained message. */
        GAP
    }

    /** Durable, forced each second, not compact. */
    public Namespace(int history, Duration historyAge, long historyBytes, SlowReader slowReader, Duration keyTime) {
        this(history, historyAge, historyBytes, slowReader, keyTime, true, Fsync.SECOND, false);
    }

    /** The same, but its messages end with the process. */
    public Namespace inMemory() {
        return new Namespace(history, historyAge, historyBytes, slowReader, keyTime, false, fsync, compact);
    }

    public static final Namespace DEFAULT =
            new Namespace(1000, Duration.ofHours(24), 4 << 20, SlowReader.CLOSE, Duration.ofMinutes(5));
}
