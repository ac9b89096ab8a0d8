package dev.parley.fault;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.proxy.Front;
import dev.parley.wire.client.Wire;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A new version is put into service under load, behind a proxy: every client is back by itself and has every message once, in order. */
@Isolated
class RollingRestartIT {
    private static final Logger LOG = System.getLogger(RollingRestartIT.class.getName());
    private static final int CLIENTS = 2000;
    private static final int PER_SECOND = 200;
    private static final int BUSIEST = 3; // times its share
    private static final Duration DRAIN = Duration.ofSeconds(10);
    private static final String LEISURE = "-Dparley.drain=" + DRAIN.toSeconds() + "s";

    /** What the last second of a run may lack. */
    private static final double ENOUGH = 0.98;

    private static final List<Front> BOTH = List.of(Front.NGINX, Front.HAPROXY);

    /** {@code -Dit.restarts=all}: both behind each proxy, which takes two minutes more than one behind each. */
    private static final boolean ALL = "all".equals(System.getProperty("it.restarts"));

    /** The longest silence that the proxy bears, as shipped. */
    private static final Duration READ = Duration.ofSeconds(75);

    /** Ends a test that fails. */
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @MethodSource("forALoneNode")
    void loneNodeIsRestartedAndNobodyMissesAnything(Front kind) {
        int port = Ports.free();
        Path data = folder.resolve("data");
        try (var nodes = Nodes.start(List.of("-Dparley.data=" + data, LEISURE), port);
                var front = kind.start(folder.resolve("proxy"), READ, port);
                var following = new Following(front.proxy().base(), CLIENTS, PER_SECOND, DEADLINE)) {
            restart(nodes, 0, following, front.wire());
            following.awaitPace(DEADLINE);
            following.finish(DEADLINE);
            assertPace(kind, following.stored());
        }
    }

    @ParameterizedTest
    @MethodSource("forTwoNodes")
    void nodesOverRedisAreReplacedInTurnAndNobodyMissesAnything(Front kind) {
        int first = Ports.free();
        int second = Ports.free();
        try (var redis = RedisServer.start();
                var nodes = Nodes.start(List.of("-Dparley.redis=" + redis.uri(), LEISURE), first, second);
                var front = kind.start(folder.resolve("proxy"), READ, first, second);
                var following = new Following(front.proxy().base(), CLIENTS, PER_SECOND, DEADLINE)) {
            restart(nodes, 0, following, front.wire());
            restart(nodes, 1, following, front.wire());
            following.awaitPace(DEADLINE);
            following.finish(DEADLINE);
            assertPace(kind, following.stored());
        }
    }

    private static List<Front> forALoneNode() {
        return ALL ? BOTH : List.of(Front.HAPROXY);
    }

    private static List<Front> forTwoNodes() {
        return ALL ? BOTH : List.of(Front.NGINX);
    }

    /** As an operator does it: stop, start, and go on when everybody is back and the proxy sends newcomers to the node again. */
    private static void restart(Nodes nodes, int which, Following following, Wire proxy) {
        following.comings().forget();
        nodes.restart(which);
        following.awaitReading(DEADLINE);
        nodes.awaitNewcomers(which, proxy, DEADLINE);

        Moments comings = following.comings();
        Duration over = comings.span().compareTo(DRAIN) > 0 ? comings.span() : DRAIN;
        double share = comings.count() / (over.toMillis() / 1e3);
        LOG.log(
                Level.INFO,
                "{0} came back over {1}, {2} in the busiest second",
                comings.count(),
                over,
                comings.busiestSecond());
        assertTrue(comings.count() > 0);
        assertTrue(
                comings.busiestSecond() <= BUSIEST * share,
                () -> comings.busiestSecond() + " in one second, and " + share + " in each on average");
    }

    /** What could not be stored while no node was there was stored afterwards, and no later than the publishing ended. */
    private static void assertPace(Front kind, Moments stored) {
        LOG.log(
                Level.INFO,
                "behind {0}: {1} messages stored, {2} in a second, none for {3} at most",
                kind,
                stored.count(),
                stored.perSecond(),
                stored.longestPause());
        assertTrue(
                stored.perSecond() >= PER_SECOND * ENOUGH,
                () -> stored.perSecond() + " a second where " + PER_SECOND + " were due");
    }
}
