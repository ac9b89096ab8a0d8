package dev.parley.session;

import static dev.parley.session.Stage.ROOM;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.core.Start;
import dev.parley.protocol.CloseCode;
import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.Frame;
import dev.parley.protocol.Refused;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A session ends once, whoever ends it, and then nothing remembers it. */
class EndingTest {
    private final Stage stage = new Stage();
    private final Client client = stage.client();

    @AfterEach
    void nothingIsLeft() {
        stage.run();
        assertEquals(0, stage.sessions.count(ClientSession.Kind.WEBSOCKET));
        assertEquals(0, stage.hub.watchedChannels());
        assertEquals(0, client.session().subscriptionCount());
        assertFalse(client.session().isOpen());
    }

    @Test
    void whatWasSaidBeforeIsWrittenFirst() {
        client.tell("{'id':1,'type':'subscribe','channel':'chat:lobby'}");
        client.session().send(new Frame.Closing(CloseCode.RESTART, 1000));
        client.session().end(CloseCode.RESTART);
        assertEquals(Optional.empty(), client.transport().closed());

        assertEquals(
                List.of(
                        new Frame.Subscribed(
                                1,
                                ROOM,
                                stage.hub.log().after(ROOM, Start.LATEST, 0).head(),
                                null,
                                null),
                        new Frame.Closing(CloseCode.RESTART, 1000)),
                client.hear());
        assertEquals(Optional.of(CloseCode.RESTART), client.transport().closed());
    }

    /** A server that is to stop waits for its sessions, and cuts what is left; and a client may come again as soon as it is told. */
    @Test
    void sessionCountsUntilItsClientIsToldButItsPlaceIsFreeBefore() {
        var counted = new AtomicInteger();
        var places = new AtomicInteger();
        client.transport().whileClosing(() -> {
            counted.set(stage.sessions.count());
            while (stage.sessions.enter()) {
                places.incrementAndGet();
            }
        });
        client.session().end(CloseCode.RESTART);
        stage.run();

        assertEquals(1, counted.get());
        assertEquals(Stage.CONNECTIONS, places.get());
    }

    @Test
    void whoIsKickedIsNotThereToBeKickedAgain() {
        var answer = new AtomicReference<ErrorCode>();
        String id = client.session().id();
        client.transport()
                .whileClosing(() -> answer.set(assertThrows(Refused.class, () -> stage.administration.kick(id))
                        .code()));
        client.session().kick();
        stage.run();

        assertEquals(ErrorCode.NOT_FOUND, answer.get());
    }

    @Test
    void messagesThatWaitAreNotWritten() {
        client.subscribe(ROOM);
        stage.publish(ROOM, 1, 10);
        client.session().end(CloseCode.RESTART);

        assertEquals(List.of(), client.hear());
    }

    @Test
    void firstReasonCounts() {
        client.session().end(CloseCode.TOO_BIG);
        client.session().end(CloseCode.RESTART);
        stage.run();
        client.session().end(CloseCode.RESTART);
        stage.run();

        assertEquals(Optional.of(CloseCode.TOO_BIG), client.transport().closed());
    }

    @Test
    void endingDuringAWriteClosesAfterIt() {
        client.subscribe(ROOM);
        stage.publish(ROOM, "1");
        client.transport().duringNextWrite(() -> {
            stage.publish(ROOM, "2");
            client.tell("{'id':2,'type':'connect'}");
            client.session().end(CloseCode.TOO_BIG);
        });
        List<Object> said = client.hear();

        assertEquals("1", said.getFirst());
        assertEquals(2, ((Frame.Connected) said.getLast()).re());
        assertEquals(2, said.size());
        assertEquals(Optional.of(CloseCode.TOO_BIG), client.transport().closed());
    }

    @Test
    void clientThatLeavesIsNotClosedAgain() {
        client.subscribe(ROOM);
        stage.run();
        client.session().ended();
        client.session().ended();
        client.session().end(CloseCode.RESTART);
        stage.run();

        assertEquals(Optional.empty(), client.transport().closed());
    }

    @Test
    void clientThatLeavesWhileItIsClosedIsNotClosedAgain() {
        client.session().end(CloseCode.RESTART);
        client.session().ended();
        assertEquals(0, stage.sessions.count(ClientSession.Kind.WEBSOCKET));
        assertEquals(Optional.empty(), client.transport().closed());
    }

    @Test
    void failedWriteEndsTheSession() {
        client.subscribe(ROOM);
        client.transport().breakOff();
        stage.publish(ROOM, "1");

        assertEquals(List.of(), client.hear());
        assertTrue(client.transport().closed().isPresent());
    }

    @Test
    void failedPingEndsTheSession() {
        client.subscribe(ROOM);
        stage.run();
        client.transport().breakOff();
        stage.ticks(Stage.HEARTBEAT);

        assertTrue(client.transport().closed().isPresent());
    }

    @Test
    void failedGoodbyeEndsTheSession() {
        client.subscribe(ROOM);
        stage.run();
        client.transport().breakOff();
        client.session().send(new Frame.Closing(CloseCode.RESTART, 1000));
        client.session().end(CloseCode.RESTART);
        stage.run();

        assertEquals(Optional.of(CloseCode.RESTART), client.transport().closed());
    }

    @Test
    void subscriptionThatComesTooLateIsLeft() {
        var joined = stage.hub.subscribe(ROOM, Start.EARLIEST, client.session().reader());
        client.session().end(CloseCode.RESTART);
        client.session().read(List.of(joined.subscription()), List.of());

        assertNull(client.session().subscription(ROOM));
        assertEquals(0, stage.hub.watchedChannels());
    }

    @Test
    void commandsAreIgnoredOnceItEnds() {
        client.session().end(CloseCode.RESTART);
        client.tell("{'id':1,'type':'subscribe','channel':'chat:lobby'}\n"
                + "{'id':2,'type':'publish','channel':'chat:lobby','data':1}");
        client.tell("nonsense");

        assertEquals(List.of(), client.hear());
        assertEquals(0, stage.broker.channels());
    }
}
