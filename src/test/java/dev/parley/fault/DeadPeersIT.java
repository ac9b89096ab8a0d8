package dev.parley.fault;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.wire.client.RawFrames;
import dev.parley.wire.client.RawSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Peers that are dead or as good as dead: found by a deadline each, and forgotten. One short deadline for each test. */
class DeadPeersIT {
    private static final String CHANNEL = "chat:lobby";
    private static final int NO_SIGN_OF_LIFE = 4001;
    private static final Duration SOON = Duration.ofSeconds(20);

    @Test
    void whoAnswersNoPingIsClosedAndForgotten() {
        try (var scene = Scene.start(CHANNEL, "-Dparley.heartbeat=1s", "-Dparley.pong-deadline=2s");
                var commands = new RawSocket(scene.wire(), 0);
                var chat = new RawSocket(scene.wire(), 0)) {
            List<RawFrames> silent = List.of(commands.upgraded("/ws"), chat.upgraded("/chat/lobby"));
            scene.awaitSessions(3, 0, SOON);

            silent.forEach(frames -> assertEquals(NO_SIGN_OF_LIFE, frames.closed()));

            scene.awaitSessions(1, 0, SOON); // the publisher answers
        }
    }

    /** With the policy that lets slow readers be, so that the deadline alone can end them. */
    @Test
    void whoStopsReadingIsCutOffAfterTheWriteDeadline() {
        try (var scene = Scene.start(
                CHANNEL,
                "-Dparley.write-deadline=2s",
                "-Dparley.handshake-deadline=5s", // on Tomcat a stuck event stream leaves its connection no earlier
                "-Dparley.namespace.chat.slow-reader=gap")) {
            long files = scene.vitals().files();
            List<Peer> slow = Stream.of(Carrier.WS, Carrier.CHAT, Carrier.SSE)
                    .map(carrier -> scene.peer(carrier, Fillers.SMALL_BUFFER, new Diary()))
                    .toList();
            scene.swarm().open(slow, SOON);
            scene.swarm().stall(slow);
            Fillers.publish(scene.publisher());

            scene.awaitSessions(1, 0, SOON);
            scene.awaitFiles(files, SOON);

            scene.swarm().resume(slow);
            Eventually.holds(
                    () -> "the end of " + slow,
                    SOON,
                    () -> scene.isSound() && slow.stream().allMatch(Peer::isEnded));
            Swarm.assertAll(slow, peer -> peer.end().equals("end") || peer.end().equals("reset"));
        }
    }

    @Test
    void anEventStreamThatVanishedIsForgottenAtTheNextComment() {
        try (var scene = Scene.start(CHANNEL, "-Dparley.heartbeat=1s")) {
            long files = scene.vitals().files();
            List<Peer> stream = List.of(scene.peer(Carrier.SSE, 0, new Diary()));
            scene.swarm().open(stream, SOON);
            scene.awaitSessions(1, 1, SOON);

            scene.swarm().cut(stream);

            scene.awaitSessions(1, 0, SOON);
            scene.awaitFiles(files, SOON);
        }
    }

    @Test
    void aHandshakeThatIsNeverFinishedIsCutOff() {
        try (var scene = Scene.start(CHANNEL, "-Dparley.handshake-deadline=1s")) {
            long files = scene.vitals().files();
            var begun = new ArrayList<RawSocket>();
            for (String part : List.of("", "GET /ws HTT", "GET /ws HTTP/1.1\r\nHost: localhost\r\nUpgrade: webso")) {
                var socket = new RawSocket(scene.wire(), 0);
                socket.write(part.getBytes(US_ASCII));
                begun.add(socket);
            }
            begun.forEach(RawSocket::drain); // to the end, which comes from the server
            scene.awaitFiles(files, SOON);
            begun.forEach(RawSocket::close);
            assertTrue(scene.server().isAlive());
        }
    }
}
