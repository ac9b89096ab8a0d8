package dev.parley.fault;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.proxy.Front;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** One of two nodes is killed behind nginx, and the other one gets all of its clients in one moment. */
@Isolated
class KilledNodeIT {
    private static final Logger LOG = System.getLogger(KilledNodeIT.class.getName());
    private static final int CLIENTS = 10_000;
    private static final int PER_SECOND = 20;
    private static final Duration READ = Duration.ofSeconds(75);
    private static final Duration GOAL = Duration.ofSeconds(15);

    /** Ends a test that fails. */
    private static final Duration DEADLINE = Duration.ofSeconds(90);

    @TempDir
    private Path folder;

    @Test
    void tenThousandClientsAreAtTheOtherNodeInTimeAndMissNothing() {
        int first = Ports.free();
        int second = Ports.free();
        try (var redis = RedisServer.start();
                var nodes = Nodes.start(List.of("-Dparley.redis=" + redis.uri()), first, second);
                var front = Front.NGINX.start(folder, READ, first, second);
                var following = new Following(front.proxy().base(), CLIENTS, PER_SECOND, DEADLINE)) {
            following.comings().forget();

            long start = System.nanoTime();
            nodes.kill(0);
            following.awaitCaughtUp(DEADLINE);
            Duration took = Duration.ofNanos(System.nanoTime() - start);

            assertTrue(following.comings().count() >= CLIENTS / 3, "about half were on the node that was killed");
            LOG.log(
                    Level.INFO,
                    "{0} clients lost {1} connections, {2} of them came back in one second, and all had all messages"
                            + " after {3}",
                    CLIENTS,
                    following.comings().count(),
                    following.comings().busiestSecond(),
                    took);
            assertTrue(took.compareTo(GOAL) < 0, () -> "took " + took);
            following.finish(DEADLINE);
        }
    }
}
