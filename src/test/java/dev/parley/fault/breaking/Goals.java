package dev.parley.fault.breaking;

import java.time.Duration;

/**
 * How much a run is to do; it goes on until all of it is done.
 *
 * @param length over which its faults are spread, which take time themselves
 * @param kills of processes
 * @param messages answered
 * @param disconnects of readers
 * @param pace a publisher's rounds are due so long after each other; what it cannot do in time it makes up for
 */
record Goals(Duration length, int kills, long messages, long disconnects, Duration pace) {
    private static final Duration LARGE = Duration.ofMinutes(30);
    private static final double BETWEEN_FAULTS = 2.0 / 3;

    /** For every build. */
    static Goals small(Duration length, int kills) {
        return new Goals(length, kills, 10_000, 300, Duration.ofMillis(500));
    }

    /** For once in a while: 100 kills, a million messages and 10,000 disconnects in half an hour, or as many for its length. */
    static Goals large(Duration length) {
        double part = (double) length.toMillis() / LARGE.toMillis();
        return new Goals(
                Duration.ofMillis((long) (length.toMillis() * BETWEEN_FAULTS)),
                (int) Math.ceil(100 * part),
                (long) (1_000_000 * part),
                (long) (10_000 * part),
                Duration.ofMillis(130));
    }

    boolean areReached(Tally tally) {
        return tally.of(Tally.Event.ANSWERED) >= messages && tally.of(Tally.Event.DISCONNECTED) >= disconnects;
    }
}
