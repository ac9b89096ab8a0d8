package dev.parley.fault;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.proxy.Front;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * A node is killed behind nginx, and its clients come back with their positions in one moment. A build kills one of two nodes;
 * {@code -Dit.storm=all} also lets all ten thousand clients lose their connection, which takes a machine that does nothing else.
 */
@Isolated
class KilledNodeIT {
    private static final Logger LOG = System.getLogger(KilledNodeIT.class.getName());
    private static final int CLIENTS = 10_000;
    private static final int PER_SECOND = 20;
    private static final Duration READ = Duration.ofSeconds(75);
    private static final Duration GOAL = Duration.ofSeconds(15);

    /** The heap that operations.md says a node with so many needs. */
    private static final String HEAP = "-Xmx1g";

    private static final int A_THIRD = CLIENTS / 3;

    /**
     * Long-polls, one client in ten, go to the node that has fewest clients as soon as it is there, so it has most of them before the
     * other one is killed: with so many clients there are {@link #CLIENTS} others.
     */
    private static final int WITH_POLLS = 11_200;

    /** Ends a test that fails. */
    private static final Duration DEADLINE = Duration.ofSeconds(90);

    @TempDir
    private Path folder;

    @Test
    void theOtherNodeTakesThemInTimeAndNobodyMissesAnything() {
        int first = Ports.free();
        int second = Ports.free();
        try (var redis = RedisServer.start();
                var nodes = Nodes.start(List.of("-Dparley.redis=" + redis.uri(), HEAP), first, second);
                var front = Front.NGINX.start(folder, READ, first, second);
                var following = new Following(front.proxy().base(), CLIENTS, PER_SECOND, DEADLINE)) {
            following.comings().forget();

            long start = System.nanoTime();
            nodes.kill(0);
            assertBack(following, start, A_THIRD);
        }
    }

    @Test
    @EnabledIfSystemProperty(named = "it.storm", matches = "all")
    void aNodeWithoutClientsTakesAllInTimeAndNobodyMissesAnything() {
        int first = Ports.free();
        int second = Ports.free();
        try (var redis = RedisServer.start();
                var nodes = Nodes.start(List.of("-Dparley.redis=" + redis.uri(), HEAP), first, second)) {
            nodes.kill(1); // so that all come to the first
            try (var front = Front.NGINX.start(folder, READ, first, second);
                    var following = new Following(front.proxy().base(), WITH_POLLS, PER_SECOND, DEADLINE)) {
                nodes.startAgain(1);
                nodes.awaitNewcomers(1, front.wire(), DEADLINE);
                following.comings().forget();

                long start = System.nanoTime();
                nodes.kill(0);
                assertBack(following, start, CLIENTS);
            }
        }
    }

    /** The time that it takes to start counts. */
    @Test
    @EnabledIfSystemProperty(named = "it.storm", matches = "all")
    void aLoneNodeThatIsStartedAgainTakesAllInTimeAndNobodyMissesAnything() {
        int port = Ports.free();
        try (var nodes = Nodes.start(List.of("-Dparley.data=" + folder.resolve("data"), HEAP), port);
                var front = Front.NGINX.start(folder.resolve("proxy"), READ, port);
                var following = new Following(front.proxy().base(), CLIENTS, PER_SECOND, DEADLINE)) {
            following.comings().forget();

            long start = System.nanoTime();
            nodes.kill(0);
            nodes.startAgain(0);
            assertBack(following, start, CLIENTS);
        }
    }

    /** @param lost so many connections at least */
    private static void assertBack(Following following, long start, int lost) {
        Eventually.holds(
                () -> lost + " connections lost, but "
                        + following.comings().count(), // which the system tells them one by one
                DEADLINE,
                () -> following.comings().count() >= lost);
        following.awaitCaughtUp(DEADLINE);
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        LOG.log(
                Level.INFO,
                "{0} connections were lost, {1} clients came back in one second, and all had all messages after {2}",
                following.comings().count(),
                following.comings().busiestSecond(),
                took);
        assertTrue(took.compareTo(GOAL) < 0, () -> "took " + took);
        following.finish(DEADLINE);
    }
}
