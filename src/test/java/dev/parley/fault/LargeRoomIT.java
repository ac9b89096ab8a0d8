package dev.parley.fault;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.wire.client.Doc;
import dev.parley.wire.client.Wire;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * A room whose members all want to know who is there, over real connections: all come at once, half of them go without a word. {@code
 * -Dit.room=NUMBER} makes it another size.
 */
@Isolated
class LargeRoomIT {
    private static final Logger LOG = System.getLogger(LargeRoomIT.class.getName());
    private static final String CHANNEL = "chat:hall";
    private static final int MEMBERS = Integer.getInteger("it.room", 5_000);
    private static final int LISTED = 100;

    /** Lines in one interval, to all members together; both are the defaults. */
    private static final long PUSHES = 100_000;

    private static final Duration INTERVAL = Duration.ofMillis(250);

    /** Ends a test that fails. */
    private static final Duration DEADLINE = Duration.ofSeconds(90);

    private final LongAdder told = new LongAdder();

    /** What one member knows. Written by the swarm alone. */
    private final class Member implements Inbox {
        private volatile long count = -1;
        private volatile String last = "";

        @Override
        public void line(byte[] bytes, int from, int to) {
            String line = new String(bytes, from, to - from, UTF_8);
            if (!line.startsWith("{\"type\":\"ping\"")) {
                told.increment();
                last = line;
                count = countIn(line);
            }
        }
    }

    @Test
    void everybodyKnowsHowManyAreThereAndNobodyIsToldOneByOne() {
        try (var scene = Scene.start(CHANNEL, "-Xmx2g", "-Dparley.presence-grace=500ms")) {
            List<Peer> room = new ArrayList<>(members(MEMBERS));
            long start = System.nanoTime();
            scene.swarm().open(room, DEADLINE);
            awaitCount(room, MEMBERS);
            assertCoalesced("came", since(start));
            room.forEach(LargeRoomIT::assertBounded);

            start = System.nanoTime();
            List<Peer> gone = room.subList(0, MEMBERS / 2);
            scene.swarm().cut(gone);
            gone.clear();
            awaitCount(room, MEMBERS - MEMBERS / 2);
            assertCoalesced("went", since(start));

            Peer late = Peer.member(CHANNEL, "late", new Member());
            scene.swarm().open(List.of(late), DEADLINE);
            room.add(late);
            awaitCount(room, room.size());
            Doc joined = Doc.read(((Member) room.getFirst().inbox()).last);
            assertEquals("joined", joined.type(), "one who comes to a room that is quiet is named");
            assertEquals("late", joined.doc("member").text("user"));
            assertBounded(late);
            Doc there = scene.wire()
                    .get("channels/" + Wire.encoded(CHANNEL) + "/presence")
                    .expect(200)
                    .doc();
            assertEquals(room.size(), there.number("count"));
            assertEquals(LISTED, there.docs("members").size());
            Swarm.assertAll(room, peer -> !peer.isEnded());
        }
    }

    private List<Peer> members(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> Peer.member(CHANNEL, "user" + i, new Member()))
                .toList();
    }

    /** Waits until each of them has been told this number last. */
    private static void awaitCount(List<Peer> room, long count) {
        Eventually.holds(
                () -> count + " members, but "
                        + room.stream().map(LargeRoomIT::count).distinct().toList(),
                DEADLINE,
                () -> room.stream().allMatch(peer -> count(peer) == count));
    }

    /** What a member was told last: whoever came last was told nothing after the answer to its subscription. */
    private static long count(Peer peer) {
        long count = ((Member) peer.inbox()).count;
        return count < 0 && peer.isReading() ? countIn(peer.reply()) : count;
    }

    private static long countIn(String line) {
        return Long.parseLong(line.substring(line.lastIndexOf(':') + 1, line.length() - 1));
    }

    /** All that was told since the last time, and how long that took. */
    private void assertCoalesced(String what, Duration took) {
        long lines = told.sumThenReset();
        LOG.log(Level.INFO, "{0} members: {1} within {2}, and that was told in {3} lines", MEMBERS, what, took, lines);
        long intervals = took.dividedBy(INTERVAL) + 2;
        assertTrue(lines <= intervals * PUSHES, () -> lines + " lines in " + intervals + " intervals");
    }

    /** Of all who are there a newcomer gets some, and the number of all. */
    private static void assertBounded(Peer peer) {
        Doc subscribed = Doc.read(peer.reply());
        List<Doc> members = subscribed.docs("members");
        assertTrue(members.size() <= LISTED, () -> members.size() + " members");
        assertTrue(subscribed.number("count") >= members.size(), peer::reply);
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
