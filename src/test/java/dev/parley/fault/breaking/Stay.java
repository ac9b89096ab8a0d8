package dev.parley.fault.breaking;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long a reader stays on one connection, and how it goes.
 *
 * @param stall it reads nothing for so long before it goes; zero for not at all
 * @param politely with a close, else with a reset
 */
record Stay(Duration lasting, Duration stall, boolean politely) {
    private static final int SHORTEST = 50;
    private static final int LONGEST = 1500;
    private static final double STALLING = 0.1;
    private static final double POLITE = 0.3;

    static Stay next(RandomGenerator random) {
        return new Stay(
                Duration.ofMillis(random.nextInt(SHORTEST, LONGEST)),
                random.nextDouble() < STALLING ? Duration.ofMillis(random.nextInt(500, 3000)) : Duration.ZERO,
                random.nextDouble() < POLITE);
    }
}
