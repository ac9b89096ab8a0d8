package dev.parley.session;

import static dev.parley.session.Stage.OTHER_ROOM;
import static dev.parley.session.Stage.ROOM;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.core.ChannelName;
import dev.parley.core.Hub;
import dev.parley.core.Position;
import dev.parley.core.Start;
import dev.parley.core.User;
import dev.parley.protocol.ChannelFigures;
import dev.parley.protocol.CloseCode;
import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.Frame;
import dev.parley.protocol.Refused;
import dev.parley.protocol.SessionFigures;
import dev.parley.session.ClientSession.Kind;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class AdministrationTest {
    private static final Frame GOODBYE = new Frame.Closing(CloseCode.KICKED, Frame.Closing.NEVER);

    private final Stage stage = new Stage();
    private final Client alice = stage.client(new User("alice"), Kind.WEBSOCKET);
    private final Client bob = stage.client(new User("bob"), Kind.SSE);

    @Test
    void sessionsAreListedUpToALimitAndCounted() {
        alice.subscribe(ROOM);
        stage.ticks(5);

        Administration.Found<SessionFigures> all = stage.administration.sessions(10);
        assertEquals(2, all.count());
        assertTrue(
                all.some().contains(new SessionFigures(alice.session().id(), "alice", "websocket", 2, List.of(ROOM))));
        assertTrue(all.some().contains(new SessionFigures(bob.session().id(), "bob", "sse", 2, List.of())));
        Administration.Found<SessionFigures> one = stage.administration.sessions(1);
        assertEquals(1, one.some().size());
        assertEquals(2, one.count());
    }

    @Test
    void kickedSessionIsToldAndEndsAndLeavesAtOnce() {
        alice.subscribe(ROOM);
        stage.administration.kick(alice.session().id());

        assertEquals(List.of(GOODBYE), alice.hear());
        assertEquals(Optional.of(CloseCode.KICKED), alice.transport().closed());
        assertEquals(0, stage.attendance.count(ROOM).count());
        assertNotFound(() -> stage.administration.kick(alice.session().id()));
        assertTrue(bob.session().isOpen());
    }

    @Test
    void kickedUserLosesAllSessions() {
        Client again = stage.client(new User("alice"), Kind.CHAT);

        assertEquals(2, stage.administration.kickUser("alice").sessions());
        stage.run();
        assertFalse(alice.session().isOpen() || again.session().isOpen());
        assertTrue(bob.session().isOpen());
        assertNotFound(() -> stage.administration.kickUser("alice"));
    }

    @Test
    void dismissedUserReadsTheChannelNoMoreAndTheRest() {
        alice.subscribe(ROOM);
        alice.subscribe(OTHER_ROOM);
        assertEquals(1, stage.administration.dismiss(ROOM, "alice").sessions());
        stage.publish(ROOM, "1");
        stage.publish(OTHER_ROOM, "2");

        assertEquals(List.of(new Frame.Dismissed(ROOM, ErrorCode.NOT_PERMITTED), "2"), alice.hear());
        assertEquals(0, stage.attendance.count(ROOM).count());
        assertNotFound(() -> stage.administration.dismiss(ROOM, "alice"));
        assertNotFound(() -> stage.administration.dismiss(ROOM, "nobody"));
    }

    @Test
    void streamThatHasNoChannelLeftEnds() {
        Hub.Joined joined = stage.gate().subscribe(bob.session(), ROOM, Start.LATEST);
        bob.session().read(List.of(joined.subscription()), List.of());
        stage.administration.dismiss(ROOM, "bob");

        assertEquals(List.of(new Frame.Dismissed(ROOM, ErrorCode.NOT_PERMITTED), GOODBYE), bob.hear());
        assertEquals(Optional.of(CloseCode.KICKED), bob.transport().closed());
    }

    @Test
    void channelsWithMostReadersComeFirst() {
        var quiet = new ChannelName("quiet");
        Position head = stage.publish(OTHER_ROOM, 1, 3);
        stage.publish(quiet, "1");
        alice.subscribe(ROOM);

        Administration.Found<ChannelFigures> found = stage.administration.channels(2);

        assertEquals(3, found.count());
        assertEquals(
                List.of(ROOM, OTHER_ROOM),
                found.some().stream().map(ChannelFigures::channel).toList());
        assertEquals(
                new ChannelFigures(OTHER_ROOM, head, head.at(1), 0, 0),
                found.some().getLast());
    }

    @Test
    void channelThatNobodyUsedIsNotFound() {
        assertNotFound(() -> stage.administration.channel(ROOM));
        alice.subscribe(ROOM);

        ChannelFigures figures = stage.administration.channel(ROOM);
        assertEquals(1, figures.subscribers());
        assertEquals(1, figures.members());
        assertEquals(null, figures.oldest());
    }

    @Test
    void clearedHistoryIsGoneForLiveReadersToo() {
        alice.subscribe(ROOM);
        Position head = stage.publish(ROOM, 1, 3);
        stage.administration.clear(ROOM);
        assertEquals(null, stage.administration.channel(ROOM).oldest());
        Client late = stage.client(new User("carol"), Kind.WEBSOCKET);

        List<Object> heard =
                late.say("{'id':1,'type':'subscribe','channel':'chat:lobby','after':'" + head.at(1) + "'}");
        assertEquals(List.of(new Frame.Subscribed(1, ROOM, head, false, null)), heard);
        stage.publish(ROOM, "4");
        assertEquals(List.of("4"), late.hear());
    }

    @Test
    void readerThatHasNotGotWhatIsClearedIsTooSlow() {
        alice.subscribe(ROOM);
        stage.run();
        stage.publish(ROOM, 1, 3); // written by nobody yet
        stage.administration.clear(ROOM);

        assertEquals(List.of(), alice.hear());
        assertEquals(Optional.of(CloseCode.TOO_SLOW), alice.transport().closed());
    }

    private static void assertNotFound(Executable request) {
        assertEquals(ErrorCode.NOT_FOUND, assertThrows(Refused.class, request).code());
    }
}
