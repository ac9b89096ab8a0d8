package dev.parley.fault.breaking;

import java.time.Duration;

/**
 * How much a run is to do; it goes on until all of it is done.
 *
 * @param length over which its faults are spread
 * @param kills of processes
 * @param messages answered
 * @param disconnects of readers
 * @param pace a publisher waits so long before each of its rounds
 */
record Goals(Duration length, int kills, long messages, long disconnects, Duration pace) {
    /** For every build. */
    static Goals small(Duration length, int kills) {
        return new Goals(length, kills, 10_000, 300, Duration.ofMillis(80));
    }

    /** For once in a while. */
    static Goals large(Duration length) {
        return new Goals(length, 100, 1_000_000, 10_000, Duration.ofMillis(20));
    }

    boolean areReached(Tally tally) {
        return tally.of(Tally.Event.ANSWERED) >= messages && tally.of(Tally.Event.DISCONNECTED) >= disconnects;
    }
}
