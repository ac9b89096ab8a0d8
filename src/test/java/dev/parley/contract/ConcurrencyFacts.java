package dev.parley.contract;

import static dev.parley.contract.BrokerSuite.keeping;
import static dev.parley.contract.BrokerSuite.publish;
import static dev.parley.contract.BrokerSuite.soon;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.core.Broker;
import dev.parley.core.Broker.Appended;
import dev.parley.core.ChannelName;
import dev.parley.core.Position;
import dev.parley.core.PublishKey;
import dev.parley.core.Slice;
import dev.parley.core.Start;
import dev.parley.fake.Crowd;
import dev.parley.fake.RecordingWatcher;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

interface ConcurrencyFacts extends BrokerSuite {
    int PUBLISHERS = 8;
    int EACH = 500;

    @Test
    default void eightPublishersShareOneOrder() throws Exception {
        Broker broker = open(keeping(PUBLISHERS * EACH));
        var watcher = new RecordingWatcher();
        Position empty = broker.watch(ROOM, watcher);
        List<List<Position>> answers = Crowd.together(PUBLISHERS, p -> () -> publish(broker, ROOM, EACH));

        List<Position> all =
                LongStream.rangeClosed(1, PUBLISHERS * EACH).mapToObj(empty::at).toList();
        assertEquals(
                all, answers.stream().flatMap(List::stream).sorted(byOffset()).toList());
        soon(all, watcher::positions);
        assertEquals(all, forwards(broker));
        soon(0, watcher::unwoken);
        for (List<Position> own : answers) {
            assertEquals(own.stream().sorted(byOffset()).toList(), own);
        }
    }

    @Test
    default void retriesAtTheSameTimeStoreOneMessage() throws Exception {
        Broker broker = open();
        for (int round = 0; round < 50; round++) {
            var key = new PublishKey("alice", "k" + round);
            List<Appended> answers = Crowd.together(PUBLISHERS, p -> () -> publish(broker, ROOM, "retry", key));

            assertEquals(1, answers.stream().filter(a -> !a.duplicate()).count());
            assertEquals(1, answers.stream().map(Appended::position).distinct().count());
        }
        assertEquals(50, broker.after(ROOM, Start.LATEST, 0).head().offset());
    }

    @Test
    default void watchersThatFollowEachOtherMissNothingAfterTheirHead() throws Exception {
        Broker broker = open();
        List<Position> heads = new ArrayList<>();
        List<RecordingWatcher> watchers = new ArrayList<>();
        Crowd.<Object>together(
                5, p -> () -> p == 0 ? changeWatchers(broker, heads, watchers) : publish(broker, ROOM, EACH));

        long last = 4L * EACH;
        for (int i = watchers.size() - 1; i >= 0; i--) {
            // Each hears all from its head on, up to its successor's at most; the last one hears all.
            RecordingWatcher watcher = watchers.get(i);
            if (i == watchers.size() - 1) {
                soon(last - heads.get(i).offset(), () -> (long) watcher.heard().size());
            }
            List<Long> heard =
                    watcher.positions().stream().map(Position::offset).toList();
            assertEquals(
                    LongStream.rangeClosed(
                                    heads.get(i).offset() + 1, heads.get(i).offset() + heard.size())
                            .boxed()
                            .toList(),
                    heard);
            assertTrue(heads.get(i).offset() + heard.size() <= last);
            last = heads.get(i).offset();
        }
    }

    /** Puts one watcher in the place of another until all is published. */
    private static Object changeWatchers(Broker broker, List<Position> heads, List<RecordingWatcher> watchers) {
        Position head;
        do {
            var watcher = new RecordingWatcher();
            head = broker.watch(ROOM, watcher);
            watchers.add(watcher);
            heads.add(head);
            while (watcher.wakes() == 0
                    && broker.after(ROOM, Start.LATEST, 0).head().offset() < 4L * EACH) {
                Thread.onSpinWait();
            }
        } while (head.offset() < 4L * EACH);
        return heads;
    }

    @Test
    default void readersAmongPublishersSeeNoHole() throws Exception {
        Broker broker = open(keeping(50));
        Crowd.<Object>together(5, p -> () -> p == 0 ? follow(broker, 4 * EACH) : publish(broker, ROOM, EACH));
    }

    /** Reads until it has seen the last message. */
    private static Object follow(Broker broker, long last) {
        Position cursor = broker.after(ROOM, Start.EARLIEST, 0).start();
        while (cursor.offset() < last) {
            Slice slice = broker.after(ROOM, new Start.At(cursor), 7);
            assertEquals(cursor.epoch(), slice.start().epoch());
            assertTrue(slice.start().offset() >= cursor.offset());
            for (int i = 0; i < slice.messages().size(); i++) {
                assertEquals(
                        slice.start().offset() + 1 + i, slice.messages().get(i).offset());
            }
            assertEquals(slice.end().offset() < slice.head().offset(), slice.more());
            cursor = slice.end();
        }
        return cursor;
    }

    @Test
    default void channelsFilledAtTheSameTimeStayApart() throws Exception {
        Broker broker = open();
        List<List<Position>> answers =
                Crowd.together(PUBLISHERS, p -> () -> publish(broker, new ChannelName("chat:" + p), EACH));

        for (List<Position> own : answers) {
            assertEquals(
                    LongStream.rangeClosed(1, EACH).boxed().toList(),
                    own.stream().map(Position::offset).toList());
        }
    }

    private static List<Position> forwards(Broker broker) {
        List<Position> read = new ArrayList<>();
        Slice page = broker.after(ROOM, Start.EARLIEST, 500);
        while (!page.messages().isEmpty()) {
            page.messages().forEach(message -> read.add(message.position()));
            page = broker.after(ROOM, new Start.At(page.end()), 500);
        }
        assertFalse(page.more());
        assertEquals(read.size(), new HashSet<>(read).size());
        return read;
    }

    private static Comparator<Position> byOffset() {
        return Comparator.comparingLong(Position::offset);
    }
}
