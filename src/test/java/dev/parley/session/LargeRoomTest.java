package dev.parley.session;

import static dev.parley.session.Stage.ROOM;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.core.Presence.Members;
import dev.parley.core.User;
import dev.parley.embedded.EmbeddedPresence;
import dev.parley.fake.HandDriven;
import dev.parley.fake.RecordingTransport;
import dev.parley.fake.SettableClock;
import dev.parley.protocol.Frame;
import dev.parley.protocol.JsonCodec;
import dev.parley.session.ClientSession.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A room of ten thousand who all want to know who is there, under the default rules. */
class LargeRoomTest {
    private static final int MANY = 10_000;
    private static final int LISTED = 100;
    private static final int PUSHES = 100_000;

    private final HandDriven threads = new HandDriven();
    private final Attendance attendance = new Attendance(
            new EmbeddedPresence(new SettableClock()),
            new Attendance.Rules(Duration.ofSeconds(5), Duration.ofSeconds(30), LISTED, PUSHES));
    private final Sessions sessions = new Sessions(
            threads,
            new Crew(threads),
            attendance,
            MANY,
            Duration.ofSeconds(15),
            Duration.ofSeconds(15),
            Duration.ofSeconds(20));
    private final List<ClientSession> members = new ArrayList<>();
    private final List<RecordingTransport> transports = new ArrayList<>();

    @Test
    void ofAllThatComeAtOnceEachIsToldTheirNumberInOneWrite() {
        fill();

        assertEquals(List.of(new Frame.Presence(0, ROOM, null, MANY)), toldEach());
    }

    @Test
    void oneWhoLeavesAQuietRoomIsToldByNameAndTheCountIsRight() {
        fill();
        toldEach();
        attendance.leave(ROOM, members.removeLast(), false);
        transports.removeLast();

        Frame.Left left = (Frame.Left) toldEach().getFirst();
        assertEquals(
                List.of("user" + (MANY - 1), MANY - 1), List.of(left.member().user(), left.count()));
        assertEquals(List.of(), toldEach());
    }

    @Test
    void whoComesLaterGetsABoundedListAndTheCountOfAll() {
        fill();
        Members there = attendance.members(ROOM);

        assertEquals(LISTED, there.members().size());
        assertEquals(MANY, there.count());
        int length = JsonCodec.text(Frame.Presence.of(1, ROOM, there)).length();
        assertTrue(length < LISTED * 50, length + " characters");
        assertEquals(new Members(List.of(), MANY, MANY), attendance.count(ROOM));
    }

    private void fill() {
        for (int i = 0; i < MANY; i++) {
            var transport = new RecordingTransport();
            ClientSession session = sessions.open(new User("user" + i), Kind.WEBSOCKET, transport)
                    .orElseThrow();
            attendance.enter(ROOM, session);
            attendance.follow(ROOM, session);
            members.add(session);
            transports.add(transport);
        }
    }

    /** What the next interval brings everybody, which must be the same, in one write or none. */
    private List<Frame.Broadcast> toldEach() {
        attendance.announce();
        threads.run();
        List<List<Object>> heard =
                transports.stream().map(RecordingTransport::take).distinct().toList();
        assertEquals(1, heard.size(), "different things");
        assertTrue(heard.getFirst().size() <= 1, heard::toString);
        return heard.getFirst().stream()
                .flatMap(frame -> ((Frame.Shared) frame).parts().stream())
                .toList();
    }
}
