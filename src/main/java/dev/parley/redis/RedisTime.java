package dev.parley.redis;

import java.time.Duration;
import java.time.InstantSource;

/**
 * The time that all nodes share: Redis's. Each node knows how far its own clock is from it, so that nodes whose clocks differ agree
 * on what is too old.
 */
final class RedisTime {
    private final InstantSource clock;
    private volatile long ahead; // of this node's clock, in ms
    private volatile long deadlineBase; // Redis's time in ms when this node's monotonic clock stood at 0

    RedisTime(InstantSource clock) {
        this.clock = clock;
    }

    /** Redis has just said that it is so late, in ms since 1970. */
    void connected(long millis) {
        ahead = millis - clock.millis();
        heard(millis);
    }

    /** As {@link #connected}, later on: keeps deadlines right where Redis's clock is set, and leaves the time of messages alone. */
    void heard(long millis) {
        deadlineBase = millis - monotonic();
    }

    /** In ms since 1970. */
    long now() {
        return clock.millis() + ahead;
    }

    /** The moment of Redis's own clock after which a request sent now is not wanted any more, in ms since 1970. */
    long deadline(Duration timeout) {
        return deadlineBase + monotonic() + timeout.toMillis();
    }

    private static long monotonic() {
        return System.nanoTime() / 1_000_000;
    }
}
