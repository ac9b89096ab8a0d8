package dev.parley.fault;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** All connections of a node break at one moment, as when a proxy goes, and all clients are back at the next. */
@Isolated
class ReconnectStormIT {
    private static final Logger LOG = System.getLogger(ReconnectStormIT.class.getName());
    private static final String CHANNEL = "chat:storm";
    private static final int CLIENTS = 10_000;
    private static final int BEFORE = 3;
    private static final int MEANWHILE = 10;
    private static final int SIZE = 100;
    private static final Duration GOAL = Duration.ofSeconds(15);

    /** Ends a test that fails. */
    private static final Duration DEADLINE = Duration.ofSeconds(90);

    @Test
    void tenThousandClientsAreBackInTimeAndHaveMissedNothing() {
        try (var scene = Scene.start(CHANNEL, "-Xmx2g")) {
            Publisher publisher = scene.publisher();
            var before = new Audience(scene.swarm());
            List<Peer> first = crowd(publisher.position(), before, 1);
            scene.swarm().open(first, DEADLINE);
            publisher.publish(BEFORE, SIZE);
            before.awaitHeard((long) CLIENTS * BEFORE, DEADLINE);

            String last = publisher.position();

            scene.swarm().cut(first);
            publisher.publish(MEANWHILE, SIZE);
            var after = new Audience(scene.swarm());
            long start = System.nanoTime();
            List<Peer> back = crowd(last, after, BEFORE + 1);
            scene.swarm().connect(back);
            after.awaitHeard((long) CLIENTS * MEANWHILE, DEADLINE);
            Duration took = Duration.ofNanos(System.nanoTime() - start);

            Swarm.assertAll(back, peer -> !peer.isEnded());
            LOG.log(Level.INFO, "{0} clients were back and had all they had missed after {1}", CLIENTS, took);
            assertTrue(took.compareTo(GOAL) < 0, () -> "took " + took);
        }
    }

    /** A quarter over each transport. */
    private static List<Peer> crowd(String after, Audience audience, long next) {
        List<Carrier> carriers = List.of(Carrier.values());
        return IntStream.range(0, CLIENTS)
                .mapToObj(i -> new Peer(carriers.get(i % carriers.size()), CHANNEL, after, 0, audience.listener(next)))
                .toList();
    }
}
