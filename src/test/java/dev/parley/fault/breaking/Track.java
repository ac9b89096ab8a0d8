package dev.parley.fault.breaking;

import java.util.Arrays;
import java.util.function.LongConsumer;

/** What one reader saw of one channel over all its connections, in the order in which it saw it. Belongs to the reader's thread. */
final class Track {
    /** The reader began with the oldest message. */
    static final String EARLIEST = "earliest";

    private static final long GAP = -1;

    private final String reader;
    private final String channel;
    private String start = "";
    private long[] steps = new long[256];
    private int count;

    Track(String reader, String channel) {
        this.reader = reader;
        this.channel = channel;
    }

    String reader() {
        return reader;
    }

    String channel() {
        return channel;
    }

    /** Where it began: {@link #EARLIEST}, or the position that the server named; empty if it never got so far. */
    String start() {
        return start;
    }

    void startsAt(String position) {
        start = position;
    }

    void saw(long id) {
        add(id);
    }

    /** The server said that messages are missing here. */
    void toldOfGap() {
        add(GAP);
    }

    /** All in order. */
    void forEach(LongConsumer message, Runnable gap) {
        for (int i = 0; i < count; i++) {
            if (steps[i] == GAP) {
                gap.run();
            } else {
                message.accept(steps[i]);
            }
        }
    }

    private void add(long step) {
        if (count == steps.length) {
            steps = Arrays.copyOf(steps, count * 2);
        }
        steps[count++] = step;
    }
}
