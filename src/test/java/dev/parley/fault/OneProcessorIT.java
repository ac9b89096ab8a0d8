package dev.parley.fault;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.wire.client.RawFrames;
import dev.parley.wire.client.RawSocket;
import dev.parley.wire.client.Wire;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * With one processor there is one carrier for all virtual threads, and it takes what these start themselves before anything else:
 * who goes on for ever keeps requests, new connections and all that wait for a lock from their turn.
 */
@Isolated
class OneProcessorIT {
    private static final String ONE = "-XX:ActiveProcessorCount=1";
    private static final String CHANNEL = "chat:crowd";
    private static final int CUT = 6000;
    private static final int ROUNDS = 2;
    private static final int TALKERS = 32;
    private static final int IN_FLIGHT = 8;

    /** So many may be read before one request: a talker's next stands there as soon as one is answered. */
    private static final int FRAMES = 10_000;

    private static final int REQUESTS = 50;
    private static final int FLOODS = 4;
    private static final int FRAMES_AT_ONCE = 500;

    /** All their sockets are ready at once, and are being closed while they are looked at. */
    @Test
    void clientsThatGoAllAtOnceLeaveItToTheOthers() {
        try (var scene = Scene.start(CHANNEL, ONE)) {
            pin(scene.server());
            for (int round = 0; round < ROUNDS; round++) {
                List<Peer> peers = Stream.generate(() -> scene.peer(Carrier.WS, 0, (bytes, from, to) -> {}))
                        .limit(CUT)
                        .toList();
                scene.swarm().open(peers, Wire.DEADLINE.multipliedBy(3));
                scene.publisher().publish(20, 0);
                scene.swarm().cut(peers);
                scene.awaitAlone(0, Wire.DEADLINE.multipliedBy(3));
            }
        }
    }

    /** There is always a frame to be read. */
    @Test
    void framesWithoutEndLeaveRequestsTheirTurn() throws InterruptedException {
        try (var parley = ParleyProcess.start(ONE, "-Dparley.echo=true");
                var wire = new Wire(parley.base())) {
            pin(parley);
            var echoed = new AtomicInteger();
            List<RawSocket> sockets = new ArrayList<>();
            List<Thread> talkers = new ArrayList<>();
            try {
                for (int i = 0; i < TALKERS; i++) {
                    var socket = new RawSocket(wire, 0);
                    sockets.add(socket);
                    RawFrames frames = socket.upgraded("echo");
                    talkers.add(Thread.ofPlatform().daemon().start(() -> talk(frames, echoed)));
                }
                Eventually.holds(() -> "all talk", Wire.DEADLINE, () -> echoed.get() > FRAMES);
                int first = echoed.get();
                for (int i = 0; i < REQUESTS; i++) {
                    wire.get("health/live").expect(200);
                }
                int last = echoed.get();
                assertTrue((last - first) / REQUESTS < FRAMES, () -> (last - first) + " frames before " + REQUESTS);
                Eventually.holds(() -> "they go on", Wire.DEADLINE, () -> echoed.get() > last + FRAMES);
            } finally {
                sockets.forEach(RawSocket::close);
            }
            for (Thread talker : talkers) {
                talker.join();
            }
        }
    }

    /** Of a few clients, each of which sends more than can be done. */
    @Test
    void floodsLeaveRequestsTheirTurn() throws InterruptedException {
        try (var parley = ParleyProcess.start(ONE);
                var wire = new Wire(parley.base())) {
            pin(parley);
            List<RawSocket> sockets = new ArrayList<>();
            List<Thread> threads = new ArrayList<>();
            try {
                for (int i = 0; i < FLOODS; i++) {
                    var socket = new RawSocket(wire, 0);
                    sockets.add(socket);
                    RawFrames frames = socket.upgraded("ws", "Sec-WebSocket-Protocol: parley.v1");
                    threads.add(Thread.ofPlatform().daemon().start(() -> flood(frames)));
                    threads.add(Thread.ofPlatform().daemon().start(socket::drain));
                }
                for (int i = 0; i < REQUESTS; i++) {
                    wire.get("health/live").expect(200);
                }
                assertTrue(threads.stream().allMatch(Thread::isAlive), "they go on");
            } finally {
                sockets.forEach(RawSocket::close);
            }
            for (Thread thread : threads) {
                thread.join();
            }
        }
    }

    private static void flood(RawFrames frames) {
        byte[] command = "{\"type\":\"connect\"}".getBytes(UTF_8);
        byte[][] many = Stream.generate(() -> RawFrames.masked(0x80 | RawFrames.TEXT, command))
                .limit(FRAMES_AT_ONCE)
                .toArray(byte[][]::new);
        try {
            while (true) {
                frames.bytes(many);
            }
        } catch (RuntimeException e) {
            // closed
        }
    }

    /** All its threads on one core, so that they also interrupt each other wherever they are. */
    private static void pin(ParleyProcess server) {
        String pid = String.valueOf(server.pid());
        try {
            assertEquals(
                    0,
                    new ProcessBuilder("taskset", "--all-tasks", "--pid", "1", pid)
                            .redirectOutput(Redirect.DISCARD)
                            .start()
                            .waitFor());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** Says something and waits for the echo, until the socket is closed. */
    private static void talk(RawFrames frames, AtomicInteger echoed) {
        try {
            for (int i = 0; i < IN_FLIGHT; i++) {
                frames.text("begin");
            }
            while (true) {
                frames.text("and so on");
                frames.next(RawFrames.TEXT);
                echoed.incrementAndGet();
            }
        } catch (AssertionError | RuntimeException e) {
            // closed
        }
    }
}
