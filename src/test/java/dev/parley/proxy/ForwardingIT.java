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

/** What nginx makes of a request's head before Parley gets it; seen by a stand-in for Parley that only writes heads down. */
class ForwardingIT {
    private static final String CLAIMS = """
        X-Forwarded-For: 192.0.2.1\r
        X-Forwarded-Proto: gopher\r
        X-Forwarded-Host: evil.example\r
        Forwarded: for=192.0.2.1\r
        """;

    private HeadRecorder upstream;
    private Nginx nginx;
    private Wire wire;

    @BeforeEach
    void start(@TempDir Path folder) throws IOException {
        upstream = new HeadRecorder();
        nginx = Nginx.start(folder, upstream.port(), Duration.ofSeconds(75));
        wire = new Wire(nginx.base());
    }

    @AfterEach
    void stop() throws IOException {
        wire.close();
        nginx.close();
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
        String authority = nginx.base().getAuthority();
        assertEquals(authority, head.header("Host"));
        assertEquals(authority, head.header("X-Forwarded-Host"));
        assertEquals("127.0.0.1", head.header("X-Forwarded-For"));
        assertEquals("http", head.header("X-Forwarded-Proto"));
        assertFalse(head.has("Forwarded"), head::toString);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ws", "events", "events/lobby", "poll", "channels/lobby/messages"})
    void connectionsToParleyAreKept(String path) {
        HeadRecorder.Head head = forwarded(path, "");
        assertTrue(head.requestLine().endsWith(" HTTP/1.1"), head::toString);
        assertFalse(head.has("Connection"), head::toString);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ws", "chat/lobby", "echo"})
    void upgradeToWebSocketIsPassedOn(String path) {
        HeadRecorder.Head head = forwarded(path, "Connection: keep-alive, Upgrade\r\nUpgrade: WebSocket\r\n");
        assertEquals("websocket", head.header("Upgrade"));
        assertEquals("upgrade", head.header("Connection"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ws", "chat/lobby", "events", "poll", ""})
    void noOtherUpgradeIsPassedOn(String path) {
        HeadRecorder.Head head = forwarded(path, "Connection: Upgrade\r\nUpgrade: h2c\r\n");
        assertFalse(head.has("Upgrade"), head::toString);
        assertFalse(head.has("Connection"), head::toString);
    }

    @Test
    void addressGoesOnAsItCame() {
        HeadRecorder.Head head = forwarded("events/chat%3Acaf%2Bbar?after=a%2Cb", "");
        assertEquals("GET /events/chat%3Acaf%2Bbar?after=a%2Cb HTTP/1.1", head.requestLine());
    }

    private HeadRecorder.Head forwarded(String path, String headerLines) {
        try (var socket = new RawSocket(wire, 0)) {
            socket.request("GET", path, headerLines + "\r\n");
            assertEquals(204, socket.answer().status());
            return upstream.next();
        }
    }
}
