package dev.parley.fault.breaking;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * What a run is asked to be: short, or with {@code -Dit.breaking=30m} the long form: a million messages, 100 kills, 10,000
 * disconnects, of which another length gives its part. {@code -Dit.breaking.seed=NUMBER} repeats the faults of a run that printed this seed.
 */
record Order(Goals goals, long seed) {
    /**
     * Of each node's process. A history so large that whoever misses anything has found a mistake, and no limit; and a collector of
     * garbage that starts with less work, as it is started so often.
     */
    static final List<String> OPTIONS = List.of(
            "-Dparley.namespace.chat.history=10000000",
            "-Dparley.namespace.chat.history-bytes=1000MiB",
            "-Dparley.heartbeat=2s",
            "-XX:+UseSerialGC");

    private static final Logger LOG = System.getLogger(Order.class.getName());

    /**
     * @param length of the short form
     * @param kills of the short form
     */
    static Order given(Duration length, int kills) {
        String asked = System.getProperty("it.breaking", "");
        Goals goals = asked.isEmpty()
                ? Goals.small(length, kills)
                : Goals.large(Duration.parse("PT" + asked.toUpperCase(Locale.ROOT)));
        return new Order(goals, Long.getLong("it.breaking.seed", new SplittableRandom().nextLong(1_000_000)));
    }

    /**
     * Runs it.
     *
     * @throws AssertionError a promise was broken, or a reader was told of a gap where all is retained
     */
    void run(String what, Installation installation) {
        LOG.log(Level.INFO, "{0}: -Dit.breaking.seed={1}", what, Long.toString(seed));
        Result result = Machine.run(what, installation, goals, seed);
        LOG.log(Level.INFO, "{0}\n{1}", result.table(), result.details());
        if (!result.isSound() || result.findings().toldGaps() > 0) {
            throw new AssertionError(result.table() + result.details() + installation.lastWords());
        }
    }
}
