package dev.parley.session;

import static dev.parley.session.Stage.CONNECTIONS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.core.User;
import dev.parley.fake.Crowd;
import dev.parley.fake.RecordingTransport;
import dev.parley.protocol.CloseCode;
import dev.parley.session.ClientSession.Kind;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SessionsTest {
    private static final int MANY = 1000;

    private final Stage stage = new Stage();

    @Test
    void connectionsOfAllKindsAreLimitedTogether() {
        ClientSession first = open(Kind.WEBSOCKET).orElseThrow();
        assertTrue(open(Kind.SSE).isPresent());
        assertTrue(open(Kind.CHAT).isPresent());
        assertTrue(stage.sessions.enter());
        assertTrue(stage.sessions.enter());
        for (int i = 0; i < CONNECTIONS; i++) {
            assertFalse(stage.sessions.enter());
            assertEquals(Optional.empty(), open(Kind.SSE));
        }
        first.ended();
        assertTrue(open(Kind.SSE).isPresent());
        assertFalse(stage.sessions.enter());
        stage.sessions.leave();
        assertTrue(stage.sessions.enter());
    }

    @Test
    void placeIsGivenBackOnce() {
        ClientSession session = open(Kind.WEBSOCKET).orElseThrow();
        session.ended();
        session.ended();
        session.end(CloseCode.RESTART);
        stage.run();
        for (int i = 0; i < CONNECTIONS; i++) {
            assertTrue(stage.sessions.enter());
        }

        assertFalse(stage.sessions.enter());
    }

    @Test
    void sessionsAreCountedByKind() {
        open(Kind.WEBSOCKET);
        ClientSession leaving = open(Kind.WEBSOCKET).orElseThrow();
        open(Kind.SSE);
        leaving.ended();

        assertEquals(1, stage.sessions.count(Kind.WEBSOCKET));
        assertEquals(1, stage.sessions.count(Kind.SSE));
        assertEquals(0, stage.sessions.count(Kind.CHAT));
    }

    @Test
    void sessionsHaveNamesOfTheirOwn() {
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < MANY; i++) {
            ClientSession session = open(Kind.WEBSOCKET).orElseThrow();
            assertTrue(session.id().matches("[0-9a-f]{18}"), session.id());
            ids.add(session.id());
            session.ended();
        }

        assertEquals(MANY, ids.size());
    }

    @Test
    void neverMoreThanTheLimitAreInside() throws Exception {
        var inside = new AtomicInteger();
        var most = new AtomicInteger();
        Crowd.<Object>together(8, i -> () -> {
            for (int visit = 0; visit < MANY; visit++) {
                if (stage.sessions.enter()) {
                    most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                    inside.decrementAndGet();
                    stage.sessions.leave();
                }
            }
            return i;
        });

        assertTrue(most.get() <= CONNECTIONS, () -> most + " inside");
        for (int i = 0; i < CONNECTIONS; i++) {
            assertTrue(stage.sessions.enter());
        }
    }

    @Test
    void sessionKnowsWhoItIs() {
        ClientSession session = open(Kind.CHAT).orElseThrow();

        assertEquals(new User("alice"), session.user());
        assertEquals(Kind.CHAT, session.kind());
        assertTrue(session.isOpen());
    }

    private Optional<ClientSession> open(Kind kind) {
        return stage.sessions.open(new User("alice"), kind, new RecordingTransport());
    }
}
