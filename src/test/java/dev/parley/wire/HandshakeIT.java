package dev.parley.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.parley.wire.client.Answer;
import dev.parley.wire.client.Code;
import dev.parley.wire.client.RawSocket;
import dev.parley.wire.client.Wire;
import java.net.URI;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may shake hands: origins, and requests that are no handshake. */
class HandshakeIT extends WireSuite {
    private static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";
    private static final String UPGRADE =
            "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: " + KEY + "\r\n";

    HandshakeIT(Wire wire) {
        super(wire);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ws", "chat/lobby", "echo"})
    void aForeignOriginIsRefused(String path) {
        raw().handshake(path, "Origin: https://evil.example").problem(Code.NOT_PERMITTED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "https://friend.example.evil.example",
                "http://friend.example",
                "https://friend.example:444",
                "https://xfriend.example"
            })
    void whatOnlyLooksLikeAnAllowedOriginIsRefused(String origin) {
        raw().handshake("ws", "Origin: " + origin).problem(Code.NOT_PERMITTED);
    }

    @Test
    void theSameHostOnAnotherPortIsForeign() {
        raw().handshake("ws", "Origin: http://127.0.0.1:1").problem(Code.NOT_PERMITTED);
    }

    @Test
    void theSameOriginIsLetIn() {
        URI base = wire.base();

        assertEquals(
                101,
                raw().handshake("ws", "Origin: http://" + base.getAuthority()).status());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ws", "chat/lobby"})
    void aConfiguredOriginIsLetIn(String path) {
        assertEquals(101, raw().handshake(path, "Origin: " + Configured.FRIEND).status());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ws", "chat/lobby"})
    void aPlainGetIsToldToUpgrade(String path) {
        Answer answer = wire.get(path);

        answer.expect(426);
        boolean http2 = wire.tls().isPresent(); // which has no such header (RFC 9113, section 8.2.2)
        assertEquals(http2 ? "" : "websocket", answer.header("upgrade").toLowerCase(Locale.ROOT));
        assertTrue(answer.header("content-type").startsWith("application/problem+json"), answer::toString);
        assertEquals(426, answer.doc().number("status"));
    }

    @ParameterizedTest
    @CsvSource({"ws, 0", "ws, 7", "ws, 8", "ws, 14", "ws, 130", "chat/lobby, 12", "echo, 12"})
    void anotherVersionOfWebSocketIsToldTheRightOne(String path, int version) {
        Answer answer = raw().handshake(version, path);

        answer.expect(426);
        assertEquals("13", answer.header("sec-websocket-version"));
    }

    @Test
    void aHandshakeWithoutAVersionIsToldTheRightOne() {
        RawSocket raw = raw();

        raw.request("GET", "ws", "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: " + KEY + "\r\n\r\n");

        assertEquals("13", raw.answer().expect(426).header("sec-websocket-version"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Connection: Upgrade\r\n",
                "Connection: Upgrade\r\nSec-WebSocket-Key: \r\n",
                "Connection: Upgrade\r\nSec-WebSocket-Key: c2hvcnQ=\r\n",
                "Connection: Upgrade\r\nSec-WebSocket-Key: no base64 at all!!!!!=\r\n",
            })
    void aHandshakeWithoutAProperKeyIsRefused(String lines) {
        RawSocket raw = raw();

        raw.request("GET", "ws", "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n" + lines + "\r\n");

        assertEquals(400, raw.answer().status());
    }

    @Test
    void onlyAGetAsksForAnUpgrade() {
        RawSocket raw = raw();

        raw.request("POST", "ws", UPGRADE + "Connection: Upgrade\r\nContent-Length: 0\r\n\r\n");

        assertEquals(426, raw.answer().status());
    }

    /** As a proxy sends it that passes on the one header and not the other. Those of the suite put it right. */
    @ParameterizedTest
    @ValueSource(strings = {"", "Connection: keep-alive\r\n"})
    void anUpgradeThatTheConnectionDoesNotNameIsNone(String connection) {
        assumeTrue(System.getProperty("it.front", "").isEmpty());
        RawSocket raw = raw();

        raw.request("GET", "ws", UPGRADE + connection + "\r\n");

        assertEquals(426, raw.answer().status());
    }

    @Test
    void theConnectionMayNameMoreThanTheUpgrade() {
        RawSocket raw = raw();

        raw.request("GET", "ws", UPGRADE + "Connection: keep-alive, upgrade\r\n\r\n");

        assertEquals(101, raw.answer().status());
    }

    @Test
    void noExtensionIsNegotiatedThatWasNotOffered() {
        assertEquals("", raw().handshake("ws").header("sec-websocket-extensions"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"chat/bad%20room", "chat/a%2Ab", "chat/%C3%A4"})
    void aRoomWithABadNameIsRefused(String path) {
        raw().handshake(path).problem(Code.BAD_CHANNEL);
    }

    @Test
    void aRoomWhoseChannelNameIsTooLongIsRefused() {
        String longest = "r".repeat(Configured.CHANNEL_LENGTH - "chat:".length());

        assertEquals(101, raw().handshake("chat/" + longest).status());
        raw().handshake("chat/" + longest + "r").problem(Code.BAD_CHANNEL);
    }

    @Test
    void aRoomIsNotEnteredWithABadPosition() {
        raw().handshake("chat/lobby?after=nonsense!").problem(Code.BAD_POSITION);
        assertNotEquals(101, raw().handshake("chat/lobby?after=").status());
    }
}
