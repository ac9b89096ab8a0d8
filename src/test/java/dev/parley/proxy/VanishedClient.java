package dev.parley.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.fault.ParleyProcess;
import dev.parley.wire.client.RawSocket;
import dev.parley.wire.client.SseClient;
import dev.parley.wire.client.Wire;
import dev.parley.wire.client.WsClient;
import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Clients that go without a word behind a proxy; with TLS, event streams over HTTP/2. Whether Parley noticed shows in its limit of connections, which is set to four: a
 * place that was taken is free again.
 */
abstract class VanishedClient {
    private static final int PLACES = 4;
    private static final int NO_SIGN_OF_LIFE = 4001;
    private static final int OVERLOADED = 1013;

    /** To fill all places and be refused one, on a busy machine, before the first who falls silent is found. */
    private static final String LONG_ENOUGH = "5s";

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

    private final Front front;
    private ParleyProcess parley;
    private Front.Running running;
    private Wire wire;

    VanishedClient(Front front) {
        this.front = front;
    }

    @BeforeEach
    void start(@TempDir Path folder) {
        parley = ParleyProcess.start(
                "-Dparley.connections=" + PLACES, "-Dparley.heartbeat=1s", "-Dparley.pong-deadline=" + LONG_ENOUGH);
        running = front.start(folder, Duration.ofSeconds(75), parley.port());
        wire = running.wire();
    }

    @AfterEach
    void stop() {
        running.close();
        parley.close();
    }

    @Test
    void connectionsThatAreCutMakeRoom() {
        var sockets = List.of(connected(), connected(), WsClient.open(wire, "chat/lobby"));
        var stream = SseClient.open(wire, "events/chat:lobby");
        stream.next();
        assertFull();
        sockets.forEach(WsClient::cut);
        stream.close();
        assertRoomForAll();
    }

    /** As a laptop that was closed: the connection to the proxy stands, and nobody is at its end. */
    @Test
    void connectionsThatFallSilentMakeRoom() {
        var silent = new ArrayList<RawSocket>();
        try {
            for (int i = 0; i < PLACES; i++) {
                silent.add(new RawSocket(wire, 0));
            }
            var frames = silent.stream().map(socket -> socket.upgraded("ws")).toList();
            assertFull();
            frames.forEach(each -> assertEquals(NO_SIGN_OF_LIFE, each.closed()));
        } finally {
            silent.forEach(RawSocket::close);
        }
        assertRoomForAll();
    }

    private WsClient connected() {
        var socket = WsClient.open(wire, "ws");
        assertTrue(socket.text().contains("connected"));
        return socket;
    }

    private void assertFull() {
        try (var late = WsClient.open(wire, "ws")) {
            assertEquals(OVERLOADED, late.closed());
        }
        assertEquals(429, wire.get("events/chat:lobby").status());
    }

    /** Takes every place, waiting for each to become free. */
    private void assertRoomForAll() {
        long end = System.nanoTime() + Wire.DEADLINE.toNanos();
        var builder = HttpClient.newBuilder();
        wire.tls().ifPresent(builder::sslContext);
        try (HttpClient client = builder.build()) {
            for (int taken = 0; taken < PLACES; ) {
                assertTrue(System.nanoTime() - end < 0, taken + " places are free again");
                if (isTaken(client)) {
                    taken++;
                } else {
                    LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
                }
            }
            client.shutdownNow();
        }
    }

    /** Opens an event stream, which stays open if there is room. */
    private boolean isTaken(HttpClient client) {
        var request = wire.request("events/chat:lobby").GET().build();
        int status = Wire.within(client.sendAsync(request, BodyHandlers.ofInputStream()), "GET " + request.uri())
                .statusCode();
        assertTrue(status == 200 || status == 429, () -> "status " + status);
        return status == 200;
    }
}
