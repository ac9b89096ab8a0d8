package dev.parley.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;

/** What scripts are given. */
final class Arguments {
    private static final Duration FOREVER = Duration.ofDays(365 * 100);

    private Arguments() {}

    static byte[][] of(Object... values) {
        byte[][] bytes = new byte[values.length][];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = values[i].toString().getBytes(UTF_8);
        }
        return bytes;
    }

    /** At most a hundred years, as Redis counts in milliseconds from 1970 on and scripts in doubles. */
    static long millis(Duration time) {
        return (time.compareTo(FOREVER) > 0 ? FOREVER : time).toMillis();
    }
}
