package dev.parley.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.wire.client.RawSocket;
import dev.parley.wire.client.Wire;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a proxy makes of a request's head before Parley gets it; seen by a stand-in for Parley that only writes heads down. */
abstract class Forwarding {
    private static final String CLAIMS = """
        X-Forwarded-For: 192.0.2.1\r
        X-Forwarded-Proto: gopher\r
        X-Forwarded-Host: evil.example\r
        Forwarded: for=192.0.2.1\r
        """;

    private static final String HANDSHAKE = """
        Connection: keep-alive, Upgrade\r
        Upgrade: WebSocket\r
        Sec-WebSocket-Version: 13\r
        Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
        """;

    private final Front front;
    private HeadRecorder upstream;
    private Front.Running running;
    private Wire wire;

    Forwarding(Front front) {
        this.front = front;
    }

    @BeforeEach
    void start(@TempDir Path folder) throws IOException {
        upstream = new HeadRecorder();
        running = front.start(folder, Duration.ofSeconds(75), upstream.port());
        wire = running.wire();
    }

    @AfterEach
    void stop() throws IOException {
        running.close();
        upstream.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ws",
                "chat/lobby",
                "echo",
                "events",
                "events/lobby",
                "poll",
                "channels/lobby/messages",
                "health/live"
            })
    void whatAClientClaimsOfItselfIsReplaced(String path) {
        HeadRecorder.Head head = forwarded(path, CLAIMS);
        String authority = wire.base().getAuthority();
        assertEquals(authority, head.header("Host"));
        assertEquals(authority, head.header("X-Forwarded-Host"));
        assertEquals("127.0.0.1", head.header("X-Forwarded-For"));
        assertEquals("http", head.header("X-Forwarded-Proto"));
        assertFalse(head.has("Forwarded"), head::toString);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ws", "chat/lobby", "echo"})
    void upgradeToWebSocketIsPassedOn(String path) {
        HeadRecorder.Head head = forwarded(path, HANDSHAKE);
        assertTrue(head.header("Upgrade").equalsIgnoreCase("websocket"), head::toString);
        assertTrue(head.header("Connection").equalsIgnoreCase("upgrade"), head::toString);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ws", "chat/lobby", "events", "poll", ""})
    void noOtherUpgradeIsPassedOn(String path) {
        HeadRecorder.Head head = forwarded(path, "Connection: Upgrade\r\nUpgrade: h2c\r\n");
        assertFalse(head.has("Upgrade"), head::toString);
    }

    @Test
    void addressGoesOnAsItCame() {
        HeadRecorder.Head head = forwarded("events/chat%3Acaf%2Bbar?after=a%2Cb", "");
        assertEquals("GET /events/chat%3Acaf%2Bbar?after=a%2Cb HTTP/1.1", head.requestLine());
    }

    /** The head of a request as it arrives. */
    final HeadRecorder.Head forwarded(String path, String headerLines) {
        try (var socket = new RawSocket(wire, 0)) {
            socket.request("GET", path, headerLines + "\r\n");
            assertEquals(204, socket.answer().status());
            return upstream.next();
        }
    }
}
