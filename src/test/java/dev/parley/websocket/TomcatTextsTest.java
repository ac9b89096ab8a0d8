package dev.parley.websocket;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.websocket.RemoteEndpoint;
import org.junit.jupiter.api.Test;

class TomcatTextsTest {
    /** If a new Tomcat has lost what this stands on, texts still go out, but no test says that they cost half as much again. */
    @Test
    void thisTomcatTakesThemAndOtherEnginesDoNot() throws ClassNotFoundException {
        Class<?> remote = Class.forName("org.apache.tomcat.websocket.WsRemoteEndpointBasic");

        assertTrue(TomcatTexts.areTakenBy(remote.asSubclass(RemoteEndpoint.Basic.class)));
        assertFalse(TomcatTexts.areTakenBy(RemoteEndpoint.Basic.class));
    }
}
