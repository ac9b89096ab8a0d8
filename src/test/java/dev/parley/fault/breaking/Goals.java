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
    /** For every build, with connections alone broken. */
    static Goals small(Duration length) {
        return new Goals(length, 0, 10_000, 300, Duration.ofMillis(80));
    }

    boolean areReached(Tally tally) {
        return tally.of(Tally.Event.ANSWERED) >= messages && tally.of(Tally.Event.DISCONNECTED) >= disconnects;
    }
}
