package dev.parley.fault.breaking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The breaking machine on one node. {@code -Dit.breaking.seed=NUMBER} repeats the faults of a run that printed this seed. */
class BreakingIT {
    private static final Logger LOG = System.getLogger(BreakingIT.class.getName());
    private static final Duration SHORT = Duration.ofSeconds(40);

    /** So large that whoever misses anything has found a mistake, and no limit. */
    private static final List<String> ENDLESS_HISTORY = List.of(
            "-Dparley.namespace.chat.history=10000000",
            "-Dparley.namespace.chat.history-bytes=1000MiB",
            "-Dparley.heartbeat=2s");

    @Test
    void nothingIsLostOrDoubledWhileConnectionsAreBroken() {
        long seed = Long.getLong("it.breaking.seed", new SplittableRandom().nextLong(1_000_000));
        LOG.log(Level.INFO, "breaking connections, -Dit.breaking.seed={0}", Long.toString(seed));
        try (var node = new LoneNode(ENDLESS_HISTORY)) {
            Result result = Machine.run("The connections of one node", node, Goals.small(SHORT), seed);
            LOG.log(Level.INFO, "{0}\n{1}", result.table(), result.details());
            assertTrue(result.isSound(), () -> result.table() + result.details() + node.lastWords());
            assertEquals(0, result.findings().toldGaps(), "all is retained, so nobody is to miss anything");
        }
    }
}
