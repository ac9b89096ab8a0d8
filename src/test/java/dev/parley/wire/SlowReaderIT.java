package dev.parley.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.wire.client.Doc;
import dev.parley.wire.client.Json;
import dev.parley.wire.client.RawFrames;
import dev.parley.wire.client.RawSocket;
import dev.parley.wire.client.Session;
import dev.parley.wire.client.Wire;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A reader that stops reading while more is published than the network and the short history hold. */
class SlowReaderIT extends WireSuite {
    /** Together far more than the socket buffers of both sides take. */
    private static final int PUBLISHED = 200;

    private static final String FILLING = "x".repeat(100_000);

    SlowReaderIT(Wire wire) {
        super(wire);
    }

    @Test
    void aSlowReaderIsToldOfTheGapAndGoesOnAfterIt() {
        String channel = channel(Configured.GAP);
        RawFrames slow = stalled(channel);
        List<String> positions = publishMuch(channel);

        var seen = new ArrayList<Integer>();
        Doc next = slow.doc();
        while (!next.type().equals("gap")) {
            seen.add(positions.indexOf(next.text("position")));
            next = slow.doc();
        }

        assertEquals(channel, next.text("channel"));
        assertEquals(positions.get(seen.getLast()), next.text("from"));
        int missedUpTo = positions.indexOf(next.text("to"));
        Doc after = slow.doc();
        while (after.type().equals("gap")) {
            after = slow.doc();
        }
        int first = positions.indexOf(after.text("position"));
        assertTrue(first > seen.getLast() + 1, "there was no gap");
        assertTrue(first >= missedUpTo, next::toString);
        for (int i = first + 1; i < positions.size(); i++) {
            assertEquals(positions.get(i), slow.doc().text("position"), "in order and complete after the gap");
        }
    }

    @Test
    void aSlowReaderIsClosedAndComesBackWithItsPosition() {
        String channel = channel(Configured.TINY);
        RawFrames slow = stalled(channel);
        String first = wire.publish(channel, FILLING);

        RawFrames.Frame frame = slow.next();
        int read = frame.payload().remaining();
        for (int i = 1; frame.opcode() != RawFrames.CLOSE && i < 300; i++) {
            wire.publish(channel, FILLING);
            slow.send(true, RawFrames.PONG, new byte[0]); // alive, but the PINGs wait behind much that is unread
            while (frame.opcode() != RawFrames.CLOSE && read < i * FILLING.length() / 2) {
                frame = slow.next(); // never stuck for long, and always further behind
                read += frame.payload().remaining();
            }
        }

        int code = frame.opcode() == RawFrames.CLOSE ? RawFrames.code(frame) : slow.ended();
        // Payara's engine drops what waits in its own queue when it closes, and the close frame with it.
        boolean payara = wire.get("health/live").header("server").contains("Payara");
        assertTrue(code == 4000 || payara && code == 1006, "ended with " + code);
        comesBack(channel, first);
    }

    /**
     * In the middle of a frame nothing can be said to a client any more, so it may be cut without a code; and where publishing
     * took long it has left a PING unanswered.
     */
    @Test
    void aReaderThatStallsForGoodIsCutAndMayComeBack() {
        String channel = channel(Configured.TINY);
        RawFrames stalled = stalled(channel);

        String first = publishMuch(channel).getFirst();

        int code = stalled.ended();
        assertTrue(Set.of(4000, 4001, 1006).contains(code), "ended with " + code);
        comesBack(channel, first);
    }

    @Test
    void aStalledReaderDoesNotDelayTheOthers() {
        String channel = channel(Configured.GAP);
        stalled(channel);
        Session other = session();
        other.subscribe(channel);

        for (int i = 0; i < PUBLISHED; i++) {
            String position = wire.publish(channel, FILLING);
            assertEquals(position, other.next("message").text("position"));
        }
    }

    /** Subscribes, and reads no further than the reply. */
    private RawFrames stalled(String channel) {
        RawFrames frames = kept(new RawSocket(wire, 4096)).upgraded("ws");
        frames.text(Session.command(1, "subscribe", "channel", channel));
        assertEquals("connected", frames.doc().type());
        assertEquals("subscribed", frames.doc().type());
        return frames;
    }

    private void comesBack(String channel, String position) {
        Session back = session();
        Doc subscribed = back.subscribe(channel, position);
        assertFalse(subscribed.flag("recovered"), subscribed::toString);
        assertEquals(
                Configured.SHORT_HISTORY,
                back.messages(Configured.SHORT_HISTORY).size());
    }

    private List<String> publishMuch(String channel) {
        Session publisher = session();
        var positions = new ArrayList<String>();
        for (int i = 0; i < PUBLISHED; i++) {
            positions.add(publisher.publish(channel, Json.verbatim('"' + FILLING + '"')));
        }
        return positions;
    }
}
