package dev.parley.proxy;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What nginx makes of it. */
class NginxForwardingIT extends Forwarding {
    NginxForwardingIT() {
        super(Front.NGINX);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ws", "events", "events/lobby", "poll", "channels/lobby/messages"})
    void connectionsToParleyAreKept(String path) {
        HeadRecorder.Head head = forwarded(path, "");
        assertTrue(head.requestLine().endsWith(" HTTP/1.1"), head::toString);
        assertFalse(head.has("Connection"), head::toString);
    }
}
