package dev.parley.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.core.Hub.Joined;
import dev.parley.embedded.EmbeddedBroker;
import dev.parley.fake.SettableClock;
import dev.parley.fake.Visits;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class HubTest {
    private static final ChannelName ROOM = new ChannelName("chat:lobby");
    private static final ChannelName OTHER_ROOM = new ChannelName("chat:cellar");
    private static final Namespace RULES =
            new Namespace(5, Duration.ofHours(1), 1 << 20, Namespace.SlowReader.GAP, Duration.ofMinutes(5));

    private final EmbeddedBroker broker = new EmbeddedBroker(name -> RULES, 10, new SettableClock());
    private final Hub hub = new Hub(broker, name -> RULES, Visits.AT_ONCE);
    private final AtomicInteger wakes = new AtomicInteger();

    @Test
    void readerOfTheLatestGetsWhatComesNext() {
        Position old = publish("old");
        Joined joined = join(Start.LATEST);
        publish("new");

        assertEquals(old, joined.head());
        assertTrue(joined.recovered());
        assertEquals(List.of("new"), read(joined, 10));
    }

    @Test
    void readerWithAPositionGetsWhatItMissed() {
        Position seen = publish("seen");
        publish("missed");
        Joined joined = join(new Start.At(seen));
        publish("live");

        assertTrue(joined.recovered());
        assertEquals(seen.at(2), joined.head());
        assertEquals(List.of("missed", "live"), read(joined, 10));
    }

    @Test
    void readerOfTheEarliestGetsAllThatIsRetained() {
        for (int i = 1; i <= 8; i++) {
            publish("m" + i);
        }
        Joined joined = join(Start.EARLIEST);

        assertTrue(joined.recovered());
        assertEquals(List.of("m4", "m5"), read(joined, 2));
        assertEquals(List.of("m6", "m7", "m8"), read(joined, 10));
    }

    @Test
    void readerIsToldWhenItsPositionIsNotRetained() {
        Position first = publish("m1");
        for (int i = 2; i <= 8; i++) {
            publish("m" + i);
        }
        for (Position lost : List.of(first, first.at(99), new Position("anotherlife", 8))) {
            Joined joined = join(new Start.At(lost));

            assertFalse(joined.recovered());
            assertEquals(first.at(3), joined.subscription().cursor());
            assertEquals(List.of("m4", "m5", "m6", "m7", "m8"), read(joined, 10));
        }
    }

    @Test
    void cursorStandsWhereReadingStopped() {
        Joined joined = join(Start.LATEST);
        assertEquals(joined.head(), joined.subscription().cursor());
        assertFalse(joined.subscription().isBehind());
        publish("m1");
        Position second = publish("m2");
        assertTrue(joined.subscription().isBehind());
        read(joined, 1);
        assertEquals(second.at(1), joined.subscription().cursor());
        assertTrue(joined.subscription().isBehind());
        read(joined, 1);

        assertEquals(second, joined.subscription().cursor());
        assertFalse(joined.subscription().isBehind());
        assertEquals(List.of(), read(joined, 1));
    }

    @Test
    void everyMessageWakesEveryReaderOfItsChannel() {
        join(Start.LATEST);
        join(Start.LATEST);
        join(OTHER_ROOM, Start.LATEST);
        publish("m");

        assertEquals(2, wakes.get());
    }

    @Test
    void duplicateWakesNobody() {
        var key = Optional.of(new PublishKey("alice", "k"));
        hub.publish(ROOM, content("once"), key);
        Joined joined = join(Start.LATEST);

        assertTrue(hub.publish(ROOM, content("twice"), key).duplicate());
        assertEquals(0, wakes.get());
        assertFalse(joined.subscription().isBehind());
    }

    @Test
    void whoLeftIsNotWokenAndGetsNothing() {
        Joined leaving = join(Start.LATEST);
        Joined staying = join(Start.LATEST);
        leaving.subscription().leave();
        leaving.subscription().leave();
        publish("m");

        assertEquals(1, wakes.get());
        assertEquals(List.of(), read(leaving, 10));
        assertFalse(leaving.subscription().isBehind());
        assertEquals(List.of("m"), read(staying, 10));
    }

    @Test
    void whatWasUnreadWhenLeavingStaysUnread() {
        Joined joined = join(Start.LATEST);
        publish("unread");
        joined.subscription().leave();

        assertEquals(List.of(), read(joined, 10));
        assertEquals(joined.head(), joined.subscription().cursor());
    }

    @Test
    void channelLivesAsLongAsItHasReaders() {
        Joined first = join(Start.LATEST);
        Joined second = join(Start.LATEST);
        assertEquals(1, hub.watchedChannels());
        assertEquals(2, hub.subscribers(ROOM));
        first.subscription().leave();
        assertEquals(1, hub.subscribers(ROOM));
        second.subscription().leave();

        assertEquals(0, hub.watchedChannels());
        assertEquals(0, hub.subscribers(ROOM));
        assertEquals(List.of("again"), readAfterRejoining());
    }

    private List<String> readAfterRejoining() {
        Joined again = join(Start.LATEST);
        publish("again");
        return read(again, 10);
    }

    @Test
    void standingStillBecomesLost() {
        Position seen = publish("seen");
        publish("next");
        Joined joined = join(new Start.At(seen));
        assertFalse(joined.subscription().isLost());
        for (int i = 0; i < 1000; i++) {
            publish("m" + i);
        }
        assertTrue(joined.subscription().isLost());
        Position before = joined.subscription().cursor();
        Slice slice = joined.subscription().next(10);

        assertTrue(slice.missedAfter(before));
        assertEquals(slice.end(), joined.subscription().cursor());
        assertFalse(joined.subscription().isLost());
    }

    private Joined join(Start start) {
        return join(ROOM, start);
    }

    private Joined join(ChannelName channel, Start start) {
        return hub.subscribe(channel, start, wakes::incrementAndGet);
    }

    private Position publish(String text) {
        return hub.publish(ROOM, content(text), Optional.empty()).position();
    }

    private static List<String> read(Joined joined, int limit) {
        return joined.subscription().next(limit).messages().stream()
                .map(message -> message.content().data())
                .toList();
    }

    private static Content content(String text) {
        return new Content(text, "", "");
    }
}
