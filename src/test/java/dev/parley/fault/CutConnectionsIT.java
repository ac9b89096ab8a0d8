package dev.parley.fault;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Thousands of clients go without a word, and as many come in their place at once: these get all, and of those nothing stays. */
@Isolated
class CutConnectionsIT {
    private static final Logger LOG = System.getLogger(CutConnectionsIT.class.getName());
    private static final String CHANNEL = "chat:crowd";
    private static final int ROUNDS = 6;
    private static final int CUT = 2000;
    private static final int SILENT = 300;
    private static final int STREAM_CUTS = 25;
    private static final int STREAMS = 400;
    private static final List<Carrier> ALL = List.of(Carrier.values());

    /** With more than 2 GiB Tomcat begins to keep for reuse what belonged to connections. */
    private static final String HEAP = "-Xmx3g";

    private static final String HISTORY = "-Dparley.namespace.chat.history=2000";

    private static final Duration BETWEEN_MESSAGES = Duration.ofMillis(500);
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    @Test
    void leaveNothingBehindAndSpoilNothingForTheNext() {
        try (var scene = Scene.start(CHANNEL, HEAP, HISTORY)) {
            Holdings before = baseline(scene, CUT);
            List<Peer> last = List.of();
            for (int round = 1; round <= ROUNDS; round++) {
                last = wave(scene, ALL, CUT, last);
            }
            scene.swarm().cut(last);
            Holdings after = before.awaitAgain(scene, DEADLINE);
            LOG.log(Level.INFO, "before {0}, after {1}", before, after);
        }
    }

    /**
     * Tomcat gives the request of an event stream whose client has gone to the next that comes, maybe while a write to the old one
     * is still on its way to fail. That happens in the moment after a cut, so there are many.
     */
    @Test
    void spoilNoEventStreamThatGetsTheirRequest() {
        try (var scene = Scene.start(CHANNEL, HEAP, HISTORY)) {
            cutStreams(scene);
        }
    }

    @Test
    void spoilNoEventStreamThatTomcatHandsToAnotherThread() {
        try (var scene = Scene.startInTomcat(CHANNEL, HEAP, HISTORY)) {
            cutStreams(scene);
        }
    }

    private static void cutStreams(Scene scene) {
        List<Peer> last = List.of();
        for (int cut = 0; cut < STREAM_CUTS; cut++) {
            last = wave(scene, List.of(Carrier.SSE), STREAMS, last);
        }
    }

    /**
     * The network between takes nothing any more and says nothing, as when a relay hangs: to the server that looks like clients
     * that neither read nor answer, until the relay is dropped.
     */
    @Test
    void leaveNothingBehindWhenTheyFallSilentFirst() {
        try (var scene = Scene.start(CHANNEL, HEAP, HISTORY, "-Dparley.heartbeat=1s", "-Dparley.pong-deadline=8s")) {
            Holdings before = baseline(scene, SILENT);
            List<Peer> silent = wave(scene, ALL, SILENT, List.of());
            silent.forEach(Peer::mute);
            scene.swarm().stall(silent);
            Eventually.holds(
                    () -> "found silent: " + scene.vitals().sessions(),
                    DEADLINE,
                    () -> scene.vitals().sessions().sockets() == 1);
            scene.swarm().cut(wave(scene, ALL, SILENT, silent));
            before.awaitAgain(scene, DEADLINE);
        }
    }

    /** Taken after the first clients have come and gone, as much is loaded and made for the first of them. */
    private static Holdings baseline(Scene scene, int each) {
        long files = scene.vitals().files();
        scene.swarm().cut(wave(scene, ALL, each, List.of()));
        scene.awaitAlone(0, DEADLINE);
        scene.awaitFiles(files, DEADLINE);
        return Holdings.of(scene.vitals());
    }

    /**
     * Cuts some and connects others at once, with something to write all the while; returns when each of the others has heard all
     * messages since, and one more.
     */
    private static List<Peer> wave(Scene scene, List<Carrier> carriers, int each, Collection<Peer> cut) {
        var audience = new Audience(scene.swarm());
        Publisher publisher = scene.publisher();
        long first = publisher.published() + 1;
        List<Peer> fresh = IntStream.range(0, each)
                .boxed()
                .flatMap(i -> carriers.stream())
                .map(carrier -> scene.peer(carrier, 0, audience.listener(first)))
                .toList();
        scene.swarm().cut(cut);
        publisher.publish(1, 0);
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
