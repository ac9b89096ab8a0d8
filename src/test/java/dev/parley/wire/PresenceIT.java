package dev.parley.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.wire.client.Block;
import dev.parley.wire.client.Code;
import dev.parley.wire.client.Doc;
import dev.parley.wire.client.Session;
import dev.parley.wire.client.SseClient;
import dev.parley.wire.client.Wire;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Who is on a channel: by command, by push, by resource, and on event streams. */
class PresenceIT extends WireSuite {
    private final String channel = channel();

    PresenceIT(Wire wire) {
        super(wire);
    }

    private Session reader(String name) {
        Session reader = session("?name=" + name);
        reader.subscribe(channel);
        return reader;
    }

    private Session follower(String name) {
        Session follower = session("?name=" + name);
        follower.follow(channel);
        return follower;
    }

    private Doc members() {
        return wire.get("channels/" + Wire.encoded(channel) + "/presence")
                .expect(200)
                .doc();
    }

    private static List<String> users(Doc answer) {
        return answer.docs("members").stream()
                .map(member -> member.text("user"))
                .toList();
    }

    @Test
    void subscribedListsWhoIsThere() {
        reader("Bob");
        reader("Bob");

        Doc subscribed = session("?name=Alice").follow(channel);

        assertEquals(List.of("Bob", "Alice"), users(subscribed));
        assertEquals(2, subscribed.docs("members").getFirst().number("sessions"));
        assertEquals(2, subscribed.number("count"));
    }

    @Test
    void commandAndResourceSayTheSame() {
        Session bob = reader("Bob");

        Doc reply = Session.ofType("presence", bob.ask("presence", "channel", channel));

        assertEquals(channel, reply.text("channel"));
        assertEquals(List.of("Bob"), users(reply));
        assertEquals(1, reply.number("count"));
        assertEquals(users(reply), users(members()));
    }

    @Test
    void nobodyIsOnAChannelThatNobodyReads() {
        wire.publish(channel, 1);

        assertEquals(List.of(), members().docs("members"));
        assertEquals(0, members().number("count"));
    }

    @Test
    void comingAndLeavingIsTold() {
        Session alice = follower("Alice");
        Session bob = reader("Bob");

        Doc joined = alice.next("joined");
        assertEquals(channel, joined.text("channel"));
        assertEquals(Doc.of("user", "Bob", "sessions", 1L), joined.doc("member"));

        bob.ask("unsubscribe", "channel", channel);
        assertEquals("Bob", alice.next("left").doc("member").text("user"));
    }

    @Test
    void onlyWhoAskedIsTold() {
        Session plain = reader("Alice");
        Session follower = follower("Carol");
        reader("Bob");
        follower.next("joined");

        wire.publish(channel, "marker");

        assertEquals("marker", plain.next("message").text("data"));
    }

    @Test
    void whoBreaksOffHasLeftAfterTheGraceAndOnce() {
        Session alice = follower("Alice");
        reader("Bob");
        alice.next("joined");
        Session bob = reader("Bob");
        long start = System.nanoTime();

        bob.cut();
        reader("Carol").cut();
        assertEquals("Carol", alice.next("joined").doc("member").text("user"));
        assertEquals("Carol", alice.next("left").doc("member").text("user"));

        assertTrue(System.nanoTime() - start >= Configured.GRACE.toNanos(), "before the grace was over");
        assertEquals(Set.of("Alice", "Bob"), Set.copyOf(users(members())));
    }

    @Test
    void whoComesBackWithinTheGraceHasNotBeenAway() {
        Session alice = follower("Alice");
        Session bob = reader("Bob");
        alice.next("joined");

        bob.close();
        reader("Bob");
        reader("Carol").ask("unsubscribe", "channel", channel);

        assertEquals("Carol", alice.next("joined").doc("member").text("user"));
        assertEquals("Carol", alice.next("left").doc("member").text("user"));
    }

    @Test
    void afterUnsubscribingNothingMoreIsTold() {
        Session alice = follower("Alice");
        alice.ask("unsubscribe", "channel", channel);
        Session carol = follower("Carol");
        reader("Bob");
        carol.next("joined");

        assertEquals("subscribed", alice.subscribe(channel).type());
    }

    @Test
    void everyWayOfReadingCounts() {
        events("events/" + Wire.encoded(channel) + "?name=Stream").next();
        kept(chat(channel, "?name=Bare"));
        CompletableFuture<?> poll =
                wire.getLater("poll?name=Poll&wait=5&after=latest&channel=" + Wire.encoded(channel));
        Session alice = follower("Alice");

        Set<String> there = new TreeSet<>(users(Session.ofType("presence", alice.ask("presence", "channel", channel))));
        while (there.size() < 4) { // the poll may still be on its way
            there.add(alice.next("joined").doc("member").text("user"));
        }

        assertEquals(Set.of("Alice", "Bare", "Poll", "Stream"), there);
        poll.cancel(true);
    }

    @Test
    void whoPollsNoMoreHasLeftAfterTheLease() {
        Session alice = follower("Alice");

        wire.get("poll?name=Poll&channel=" + Wire.encoded(channel)).expect(200);

        assertEquals("Poll", alice.next("joined").doc("member").text("user"));
        assertEquals("Poll", alice.next("left").doc("member").text("user"));
    }

    @Test
    void theNamelessAreOneMember() {
        session().subscribe(channel);
        session().subscribe(channel);

        Doc member = members().docs("members").getFirst();

        assertEquals(Doc.of("user", "anonymous", "sessions", 2L), member);
        assertEquals(1, members().number("count"));
    }

    @Test
    void theListIsAsLongAsAllowedAndTheCountIsOfAll() {
        for (int i = 0; i < Configured.MEMBERS_LISTED + 2; i++) {
            reader("user" + i);
        }

        assertEquals(Configured.MEMBERS_LISTED, members().docs("members").size());
        assertEquals(Configured.MEMBERS_LISTED + 2, members().number("count"));
    }

    @Test
    void manyWhoComeTogetherComeInFewFrames() {
        Session alice = follower("Alice");
        var joined = new ArrayList<String>();
        for (int i = 0; i < 30; i++) {
            wire.get("poll?name=user" + i + "&channel=" + Wire.encoded(channel)).expect(200);
        }

        int frames = 0;
        while (joined.size() < 30) {
            List<Doc> frame = alice.client().text().lines().map(Doc::read).toList();
            frame.stream()
                    .filter(doc -> doc.type().equals("joined"))
                    .forEach(doc -> joined.add(doc.doc("member").text("user")));
            frames++;
        }

        assertEquals(30, Set.copyOf(joined).size());
        assertTrue(frames < 30, () -> "one frame each");
    }

    @Test
    void aStreamTellsWhoIsThereComesAndLeavesAndKeepsItsPlace() {
        reader("Bob");
        SseClient stream = events("events/" + Wire.encoded(channel) + "?name=Alice&presence=true");

        Block first = stream.event();
        assertEquals("parley.presence", first.event());
        assertEquals(List.of("Bob", "Alice"), users(first.doc()));
        assertEquals(channel, first.doc().text("channel"));

        Session carol = reader("Carol");
        Block joined = stream.event();
        assertEquals("parley.joined", joined.event());
        assertEquals("Carol", joined.doc().doc("member").text("user"));
        assertFalse(joined.last("id").isPresent(), joined::toString);

        carol.ask("unsubscribe", "channel", channel);
        assertEquals("parley.left", stream.event().event());
    }

    @Test
    void aStreamThatDidNotAskIsNotTold() {
        SseClient stream = events("events/" + Wire.encoded(channel) + "?presence=false");
        follower("Alice");
        reader("Bob");

        wire.publish(channel, "marker");

        assertEquals("marker", stream.event().json());
    }

    @Test
    void badRequestsAreErrors() {
        Session session = session();
        Session.refused(Code.BAD_CHANNEL, session.ask("presence", "channel", "no spaces"));
        Session.refused(Code.MALFORMED, session.ask("presence"));
        Session.refused(Code.MALFORMED, session.ask("subscribe", "channel", channel, "presence", "yes"));
        wire.get("channels/no%20spaces/presence").problem(Code.BAD_CHANNEL);
        wire.get("events/" + Wire.encoded(channel) + "?presence=yes").problem(Code.MALFORMED);
    }
}
