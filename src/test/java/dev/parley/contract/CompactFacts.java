package dev.parley.contract;

import static dev.parley.contract.BrokerSuite.keeping;
import static dev.parley.contract.BrokerSuite.soon;
import static dev.parley.contract.BrokerSuite.text;
import static dev.parley.contract.BrokerSuite.texts;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.core.Broker;
import dev.parley.core.Content;
import dev.parley.core.Namespace;
import dev.parley.core.Position;
import dev.parley.core.PublishKey;
import dev.parley.core.Slice;
import dev.parley.core.Start;
import dev.parley.fake.RecordingWatcher;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Logs that retain of each event name the newest message alone. */
public interface CompactFacts extends BrokerSuite {
    private Broker openCompact() {
        return open(compact(Namespace.DEFAULT));
    }

    @Test
    default void newestOfEachNameIsRetained() {
        Broker broker = openCompact();
        put(broker, "a1", "b1", "a2", "c1", "b2", "c2", "c3");

        assertEquals(List.of("a2", "b2", "c3"), texts(broker.after(ROOM, Start.EARLIEST, 10)));
        assertEquals(List.of("a2", "b2", "c3"), texts(broker.before(ROOM, Start.LATEST, 10)));
    }

    @Test
    default void offsetsOfACompactLogAreDense() {
        Broker broker = openCompact();
        List<Position> positions = put(broker, "a1", "a2", "b1", "a3");
        Position first = positions.getFirst();

        assertEquals(LongStream.rangeClosed(1, 4).mapToObj(first::at).toList(), positions);
        assertEquals(positions.getLast(), broker.after(ROOM, Start.EARLIEST, 10).head());
    }

    @Test
    default void supersededIsNoGap() {
        Broker broker = openCompact();
        List<Position> positions = put(broker, "a1", "b1", "a2", "c1", "b2");
        Position empty = positions.getFirst().at(0);

        assertEquals(empty, broker.after(ROOM, Start.EARLIEST, 0).start());
        assertEquals(List.of("a2", "c1", "b2"), unbroken(broker, empty));
        assertEquals(List.of("a2", "c1", "b2"), unbroken(broker, positions.get(0)));
        assertEquals(List.of("a2", "c1", "b2"), unbroken(broker, positions.get(1)));
        assertEquals(List.of("c1", "b2"), unbroken(broker, positions.get(2)));
        assertEquals(List.of("b2"), unbroken(broker, positions.get(3)));
        assertEquals(List.of(), unbroken(broker, positions.get(4)));
    }

    @Test
    default void supersededIsNotFoundByItsPosition() {
        Broker broker = openCompact();
        List<Position> positions = put(broker, "a1", "b1", "a2");

        assertEquals(Optional.empty(), broker.at(ROOM, positions.get(0)));
        assertEquals("b1", text(broker.at(ROOM, positions.get(1)).orElseThrow()));
        assertEquals("a2", text(broker.at(ROOM, positions.get(2)).orElseThrow()));
        assertEquals(Optional.empty(), broker.at(ROOM, positions.get(2).at(4)));
    }

    @Test
    default void messagesWithoutANameSupersedeEachOther() {
        Broker broker = openCompact();
        BrokerSuite.publish(broker, ROOM, 3);
        put(broker, "a1");

        assertEquals(List.of("3", "a1"), texts(broker.after(ROOM, Start.EARLIEST, 10)));
    }

    @Test
    default void channelsAreCompactForThemselves() {
        Broker broker = openCompact();
        put(broker, "a1");
        broker.append(OTHER_ROOM, new Content("\"a2\"", "a", ""), Optional.empty());

        assertEquals(List.of("a1"), texts(broker.after(ROOM, Start.EARLIEST, 10)));
    }

    @Test
    default void namesNotHeardOfForLongestAreDroppedByCountAndThatIsAGap() {
        Broker broker = open(compact(keeping(3)));
        List<Position> positions = put(broker, "a1", "b1", "c1", "b2", "c2", "c3");
        assertEquals(
                List.of("a1", "b2", "c3"), unbroken(broker, positions.getFirst().at(0)));
        Position last = put(broker, "d1").getFirst();

        assertEquals(List.of("b2", "c3", "d1"), texts(broker.after(ROOM, Start.EARLIEST, 10)));
        Position empty = last.at(0);
        assertTrue(broker.after(ROOM, new Start.At(empty), 10).missedAfter(empty));
        assertEquals(List.of("b2", "c3", "d1"), unbroken(broker, positions.getFirst()));
        put(broker, "a2");
        assertEquals(List.of("c3", "d1", "a2"), texts(broker.after(ROOM, Start.EARLIEST, 10)));
    }

    @Test
    default void whatIsSupersededHasNoWeight() {
        Broker broker = open(compact(
                new Namespace(1000, Duration.ofHours(24), 5000, Namespace.SlowReader.CLOSE, Duration.ofMinutes(5))));
        put(broker, "a1");
        for (int i = 0; i < 20; i++) {
            put(broker, "b" + "x".repeat(2000));
        }
        assertEquals(2, broker.after(ROOM, Start.EARLIEST, 10).messages().size());
        put(broker, "c" + "x".repeat(2000), "d" + "x".repeat(2000));

        assertEquals(
                List.of("c", "d"),
                texts(broker.after(ROOM, Start.EARLIEST, 10)).stream()
                        .map(text -> text.substring(0, 1))
                        .toList());
    }

    @Test
    default void namesOfACompactLogAgeAndThatIsAGap() {
        Broker broker = open(compact(keeping(Duration.ofSeconds(10))));
        Position empty = put(broker, "a1", "b1", "c1").getFirst().at(0);
        pass(Duration.ofSeconds(6));
        put(broker, "a2", "b2");
        assertEquals(List.of("c1", "a2", "b2"), unbroken(broker, empty));
        pass(Duration.ofSeconds(6));

        assertEquals(List.of("a2", "b2"), texts(broker.after(ROOM, Start.EARLIEST, 10)));
        assertTrue(broker.after(ROOM, new Start.At(empty), 10).missedAfter(empty));
        assertEquals(List.of("a2", "b2"), unbroken(broker, empty.at(3)));
        pass(Duration.ofSeconds(6));
        assertEquals(List.of(), texts(broker.after(ROOM, Start.EARLIEST, 10)));
        assertEquals(empty.at(6), put(broker, "a3").getFirst());
    }

    @Test
    default void pagesOfACompactLogReachItsEndsInBothDirections() {
        Broker broker = openCompact();
        List<String> all = new ArrayList<>();
        for (char name = 'a'; name <= 'z'; name++) {
            put(broker, name + "1", "a" + name, name + "2");
            all.add(name + "2");
        }
        all.set(0, "az");
        all.add(all.size() - 2, all.removeFirst()); // the newest of a came just before the last one

        for (int limit : List.of(1, 7, 25, 26, 50)) {
            assertEquals(all, pages(broker, limit, true));
            assertEquals(all, pages(broker, limit, false).reversed());
        }
    }

    @Test
    default void watcherOfACompactLogHearsWhatIsNotSupersededInOrder() {
        Broker broker = openCompact();
        var watcher = new RecordingWatcher();
        broker.watch(ROOM, watcher);

        List<Position> all = put(broker, "a1", "a2", "b1", "a3");
        soon(
                all.getLast(),
                () -> watcher.positions().stream()
                        .reduce((before, next) -> next)
                        .orElse(all.getFirst()));
        var heard = new ArrayList<>(all); // the first two only if nobody had to look into the log meanwhile
        heard.retainAll(watcher.positions());
        assertEquals(heard, watcher.positions());
        assertTrue(heard.containsAll(all.subList(2, 4)), heard::toString);
    }

    @Test
    default void keyOfASupersededMessageIsRemembered() {
        Broker broker = openCompact();
        var key = new PublishKey("alice", "k");
        var first = broker.append(ROOM, new Content("\"a1\"", "a", ""), Optional.of(key));
        put(broker, "a2");

        assertEquals(
                new Broker.Appended(first.position(), true),
                broker.append(ROOM, new Content("\"a1\"", "a", ""), Optional.of(key)));
        assertEquals(List.of("a2"), texts(broker.after(ROOM, Start.EARLIEST, 10)));
    }

    private static List<String> pages(Broker broker, int limit, boolean forwards) {
        List<String> read = new ArrayList<>();
        Start start = forwards ? Start.EARLIEST : Start.LATEST;
        Slice page;
        do {
            page = forwards ? broker.after(ROOM, start, limit) : broker.before(ROOM, start, limit);
            read.addAll(forwards ? texts(page) : texts(page).reversed());
            start = new Start.At(
                    forwards ? page.end() : page.messages().getFirst().position());
        } while (page.more());
        return read;
    }

    /** What comes after a position that misses nothing. */
    private static List<String> unbroken(Broker broker, Position after) {
        Slice slice = broker.after(ROOM, new Start.At(after), 100);
        assertFalse(slice.missedAfter(after), "missed after " + after);
        assertFalse(slice.more());
        return texts(slice);
    }

    static Namespace compact(Namespace rules) {
        return new Namespace(
                rules.history(),
                rules.historyAge(),
                rules.historyBytes(),
                rules.slowReader(),
                rules.keyTime(),
                rules.durable(),
                rules.fsync(),
                true);
    }

    /** Publishes these texts, each under the name that its first letter is. */
    static List<Position> put(Broker broker, String... texts) {
        return Stream.of(texts)
                .map(text -> broker.append(
                                ROOM, new Content('"' + text + '"', text.substring(0, 1), ""), Optional.empty())
                        .position())
                .toList();
    }
}
