package dev.parley.session;

import static dev.parley.session.Stage.HEARTBEAT;
import static dev.parley.session.Stage.PONG;
import static dev.parley.session.Stage.ROOM;
import static dev.parley.session.Stage.STALL;
import static dev.parley.session.Stage.WRITE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.core.Namespace;
import dev.parley.core.Namespace.SlowReader;
import dev.parley.protocol.CloseCode;
import dev.parley.protocol.Frame;
import dev.parley.session.ClientSession.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Signs of life, and writes that take too long. */
class DeadlinesTest {
    private Stage stage = new Stage();

    @ParameterizedTest
    @EnumSource(Kind.class)
    void pingComesEachHeartbeat(Kind kind) {
        Client client = stage.client(kind);
        for (int pings = 0; pings < 5; pings++) {
            stage.ticks(HEARTBEAT - 1);
            assertEquals(pings, client.transport().pings());
            stage.ticks(1);
            assertEquals(pings + 1, client.transport().pings());
            client.session().heard();
        }
        assertTrue(client.session().isOpen());
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"WEBSOCKET", "CHAT"})
    void whoDoesNotAnswerAPingIsClosed(Kind kind) {
        Client client = stage.client(kind);
        stage.ticks(HEARTBEAT + PONG);
        assertTrue(client.session().isOpen());
        stage.ticks(1);

        assertEquals(Optional.of(CloseCode.NO_SIGN_OF_LIFE), client.transport().closed());
        assertEquals(1, client.transport().pings());
        assertEquals(0, stage.sessions.count(kind));
    }

    @Test
    void lateAnswerIsInTime() {
        Client client = stage.client();
        stage.ticks(HEARTBEAT);
        for (int pings = 1; pings < 5; pings++) {
            stage.ticks(PONG);
            assertEquals(pings, client.transport().pings());
            client.session().heard();
            stage.ticks(1);
            assertEquals(pings + 1, client.transport().pings());
        }
        assertTrue(client.session().isOpen());
    }

    @Test
    void streamNeedsNoAnswer() {
        Client client = stage.client(Kind.SSE);
        stage.ticks(HEARTBEAT * 20);

        assertEquals(20, client.transport().pings());
        assertEquals(List.of(), client.transport().take());
        assertTrue(client.session().isOpen());
    }

    /** A client in a browser does not see a WebSocket PING. */
    @Test
    void silenceIsBrokenWithAPingThatClientsSee() {
        Client client = stage.client();
        Client bare = stage.client(Kind.CHAT);
        client.subscribe(ROOM);
        stage.ticks(HEARTBEAT / 2);
        stage.publish(ROOM, "1");
        assertEquals(List.of("1"), client.hear());
        stage.ticks(HEARTBEAT - 1);
        assertEquals(List.of(), client.hear());
        stage.ticks(1);

        assertEquals(List.of(new Frame.Ping()), client.hear());
        assertEquals(List.of(), bare.hear());
    }

    @Test
    void talkIsNoSignOfLifeOfTheOtherSide() {
        Client client = stage.client();
        client.subscribe(ROOM);
        for (int i = 0; i < HEARTBEAT + PONG + 1; i++) {
            stage.publish(ROOM, "1");
            stage.ticks(1);
        }

        assertEquals(Optional.of(CloseCode.NO_SIGN_OF_LIFE), client.transport().closed());
    }

    @Test
    void writeThatTakesTooLongIsBrokenOff() {
        List<Optional<CloseCode>> closed = closedDuringAWrite(Namespace.DEFAULT, 0);

        assertEquals(Optional.empty(), closed.get(WRITE + STALL));
        assertEquals(Optional.of(CloseCode.NO_SIGN_OF_LIFE), closed.get(WRITE + STALL + 2));
    }

    @Test
    void stuckReaderThatTheLogHasMovedPastIsClosedSoon() {
        List<Optional<CloseCode>> closed = closedDuringAWrite(Stage.keeping(5, SlowReader.CLOSE), 20);

        assertEquals(Optional.empty(), closed.get(STALL));
        assertEquals(Optional.of(CloseCode.TOO_SLOW), closed.get(2 * STALL + 2));
    }

    @Test
    void stuckReaderThatHasMissedNothingIsGivenTime() {
        List<Optional<CloseCode>> closed = closedDuringAWrite(Stage.keeping(30, SlowReader.CLOSE), 20);

        assertEquals(Optional.empty(), closed.get(WRITE));
        assertEquals(Optional.of(CloseCode.NO_SIGN_OF_LIFE), closed.getLast());
    }

    @Test
    void stuckReaderThatIsToBeToldOfGapsIsGivenTime() {
        List<Optional<CloseCode>> closed = closedDuringAWrite(Stage.keeping(5, SlowReader.GAP), 20);

        assertEquals(Optional.empty(), closed.get(WRITE));
        assertEquals(Optional.of(CloseCode.NO_SIGN_OF_LIFE), closed.getLast());
    }

    /** How the connection stood after each tick of a write that fails in the end, during which others publish. */
    private List<Optional<CloseCode>> closedDuringAWrite(Namespace rules, int published) {
        stage = new Stage(rules);
        Client client = stage.client();
        client.subscribe(ROOM);
        stage.publish(ROOM, "1");
        List<Optional<CloseCode>> closed = new ArrayList<>();
        client.transport().duringNextWrite(() -> {
            for (int i = 0; i < published; i++) {
                stage.publish(ROOM, "more");
            }
            for (int i = 0; i < WRITE + 3 * STALL; i++) {
                closed.add(client.transport().closed());
                stage.ticks(1);
            }
            assertEquals(0, client.transport().pings());
            client.transport().breakOff(); // as a write does whose connection is closed
        });
        stage.run();

        assertFalse(client.session().isOpen());
        assertEquals(0, stage.hub.watchedChannels());
        assertEquals(0, stage.sessions.count(Kind.WEBSOCKET));
        return closed;
    }
}
