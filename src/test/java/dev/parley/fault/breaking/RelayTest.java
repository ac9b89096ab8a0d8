package dev.parley.fault.breaking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.fault.Eventually;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RelayTest {
    private static final int DEADLINE_MILLIS = 5000;
    private static final int A_WHILE_MILLIS = 100;

    private final Relay relay = new Relay();
    private final ServerSocket listener = listener();
    private Socket client = new Socket();
    private Socket server = new Socket();

    @BeforeEach
    void connect() throws IOException {
        relay.leadTo(listener.getLocalPort());
        client = new Socket(InetAddress.getLoopbackAddress(), relay.port());
        server = listener.accept();
        client.setSoTimeout(DEADLINE_MILLIS);
        server.setSoTimeout(DEADLINE_MILLIS);
        awaitConnections(1);
    }

    @AfterEach
    void close() throws IOException {
        relay.close();
        listener.close();
        client.close();
        server.close();
    }

    @Test
    void passesOnBothWays() throws IOException {
        client.getOutputStream().write(7);
        assertEquals(7, server.getInputStream().read());
        server.getOutputStream().write(8);
        assertEquals(8, client.getInputStream().read());
    }

    @Test
    void passesOnAnEndAfterWhatWasSent() throws IOException {
        server.getOutputStream().write(8);
        server.close();
        assertEquals(8, client.getInputStream().read());
        assertEquals(-1, client.getInputStream().read());
    }

    @Test
    void cutsBothEnds() {
        relay.cut(new SplittableRandom(1), 1);
        assertThrows(SocketException.class, () -> client.getInputStream().read());
        assertThrows(SocketException.class, () -> server.getInputStream().read());
        awaitConnections(0);
    }

    @Test
    void holdsBackUntilItClearsUp() throws IOException {
        relay.become(new Relay.Weather.Still());
        client.getOutputStream().write(7);
        server.setSoTimeout(A_WHILE_MILLIS);
        assertThrows(SocketTimeoutException.class, () -> server.getInputStream().read());
        relay.clearUp();
        server.setSoTimeout(DEADLINE_MILLIS);
        assertEquals(7, server.getInputStream().read());
    }

    @Test
    void delays() throws IOException {
        var delay = Duration.ofMillis(50);
        relay.become(new Relay.Weather.Slow(delay));
        long start = System.nanoTime();
        client.getOutputStream().write(7);
        assertEquals(7, server.getInputStream().read());
        assertTrue(Duration.ofNanos(System.nanoTime() - start).compareTo(delay) >= 0);
    }

    @Test
    void losesTheClientWithoutTellingTheServer() throws IOException {
        relay.orphan();
        assertThrows(SocketException.class, () -> client.getInputStream().read());
        server.setSoTimeout(A_WHILE_MILLIS);
        assertThrows(SocketTimeoutException.class, () -> server.getInputStream().read());
        relay.dropOrphans();
        server.setSoTimeout(DEADLINE_MILLIS);
        assertThrows(SocketException.class, () -> server.getInputStream().read());
    }

    @Test
    void leadsElsewhereAfterARestart() throws IOException {
        try (var next = listener()) {
            relay.leadTo(next.getLocalPort());
            try (var second = new Socket(InetAddress.getLoopbackAddress(), relay.port());
                    var accepted = next.accept()) {
                second.getOutputStream().write(9);
                assertEquals(9, accepted.getInputStream().read());
            }
        }
    }

    @Test
    void resetsWhoComesWhileItLeadsNowhere() throws IOException {
        relay.leadNowhere();
        try (var lost = new Socket(InetAddress.getLoopbackAddress(), relay.port())) {
            lost.setSoTimeout(DEADLINE_MILLIS);
            assertThrows(SocketException.class, () -> lost.getInputStream().read());
        }
    }

    @Test
    void forgetsConnectionsThatEndByThemselves() throws IOException {
        client.close();
        server.close();
        awaitConnections(0);
    }

    private void awaitConnections(int count) {
        Eventually.holds(
                () -> relay.connections() + " connections",
                Duration.ofMillis(DEADLINE_MILLIS),
                () -> relay.connections() == count);
    }

    private static ServerSocket listener() {
        try {
            return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
