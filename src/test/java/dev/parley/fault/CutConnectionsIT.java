package dev.parley.fault;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Thousands of clients go without a word, and as many come in their place at once: these get all, and of those nothing stays. */
class CutConnectionsIT {
    private static final Logger LOG = System.getLogger(CutConnectionsIT.class.getName());
    private static final String CHANNEL = "chat:crowd";
    private static final int ROUNDS = 6;
    private static final int CUT = 2000;
    private static final int SILENT = 300;

    /** With more than 2 GiB Tomcat begins to keep for reuse what belonged to connections. */
    private static final String HEAP = "-Xmx3g";

    private static final String HISTORY = "-Dparley.namespace.chat.history=2000";

    private static final Duration BETWEEN_MESSAGES = Duration.ofMillis(500);
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    /**
     * Tomcat gives the requests of event streams whose clients have gone to those that come next, maybe while a write to the old
     * ones still fails. So there is always something to write while the new ones come.
     */
    @Test
    void leaveNothingBehindAndSpoilNothingForTheNext() {
        try (var scene = Scene.start(CHANNEL, HEAP, HISTORY)) {
            Holdings before = baseline(scene, CUT);
            List<Peer> last = List.of();
            for (int round = 1; round <= ROUNDS; round++) {
                last = wave(scene, CUT, last);
            }
            scene.swarm().cut(last);
            Holdings after = before.awaitAgain(scene, DEADLINE);
            LOG.log(Level.INFO, "before {0}, after {1}", before, after);
        }
    }

    /**
     * The network between takes nothing any more and says nothing, as when a relay hangs: to the server that looks like clients
     * that neither read nor answer, until the relay is dropped.
     */
    @Test
    void leaveNothingBehindWhenTheyFallSilentFirst() {
        try (var scene = Scene.start(CHANNEL, HEAP, HISTORY, "-Dparley.heartbeat=1s", "-Dparley.pong-deadline=5s")) {
            Holdings before = baseline(scene, SILENT);
            List<Peer> silent = wave(scene, SILENT, List.of());
            silent.forEach(Peer::mute);
            scene.swarm().stall(silent);
            Eventually.holds(
                    () -> "found silent: " + scene.vitals().sessions(),
                    DEADLINE,
                    () -> scene.vitals().sessions().sockets() == 1);
            scene.swarm().cut(wave(scene, SILENT, silent));
            before.awaitAgain(scene, DEADLINE);
        }
    }

    /** Taken after the first clients have come and gone, as much is loaded and made for the first of them. */
    private static Holdings baseline(Scene scene, int each) {
        long files = scene.vitals().files();
        scene.swarm().cut(wave(scene, each, List.of()));
        scene.awaitAlone(0, DEADLINE);
        scene.awaitFiles(files, DEADLINE);
        return Holdings.of(scene.vitals());
    }

    /** Cuts some and connects others of every kind at once; returns when each has heard all messages since, and one more. */
    private static List<Peer> wave(Scene scene, int each, Collection<Peer> cut) {
        var audience = new Audience(scene.swarm());
        Publisher publisher = scene.publisher();
        long first = publisher.published() + 1;
        List<Peer> fresh = Stream.of(Carrier.values())
                .flatMap(carrier ->
                        IntStream.range(0, each).mapToObj(i -> scene.peer(carrier, 0, audience.listener(first))))
                .toList();
        scene.swarm().cut(cut);
        scene.swarm().connect(fresh);
        while (!Swarm.areReading(fresh)) {
            publisher.publish(1, 0);
            scene.swarm().awaitReading(fresh, BETWEEN_MESSAGES);
        }
        publisher.publish(1, 0);
        audience.awaitHeard(fresh.size() * (publisher.published() + 1 - first), DEADLINE);
        Swarm.assertAll(fresh, peer -> !peer.isEnded());
        return fresh;
    }
}
