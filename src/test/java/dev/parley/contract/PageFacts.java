package dev.parley.contract;

import static dev.parley.contract.BrokerSuite.keeping;
import static dev.parley.contract.BrokerSuite.numbers;
import static dev.parley.contract.BrokerSuite.publish;
import static dev.parley.contract.BrokerSuite.text;
import static dev.parley.contract.BrokerSuite.texts;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.core.Broker;
import dev.parley.core.Position;
import dev.parley.core.Slice;
import dev.parley.core.Start;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

interface PageFacts extends BrokerSuite {
    @Test
    default void pagesForwardsReachTheHead() {
        Broker broker = open();
        publish(broker, ROOM, 23);

        for (int limit : List.of(1, 7, 23, 50)) {
            assertEquals(numbers(1, 23), forwards(broker, limit));
        }
    }

    @Test
    default void pagesBackwardsReachTheOldest() {
        Broker broker = open(keeping(20));
        publish(broker, ROOM, 23);

        for (int limit : List.of(1, 7, 20, 50)) {
            assertEquals(numbers(4, 23), backwards(broker, limit));
        }
    }

    @Test
    default void whatLiesBeforeAPositionEndsJustBeforeIt() {
        Broker broker = open();
        List<Position> positions = publish(broker, ROOM, 10);
        Slice slice = broker.before(ROOM, new Start.At(positions.get(7)), 3);

        assertEquals(numbers(5, 7), texts(slice));
        assertEquals(positions.getLast(), slice.head());
        assertTrue(slice.more());
    }

    @Test
    default void newestLieBeforeLatestAndNothingBeforeEarliest() {
        Broker broker = open();
        publish(broker, ROOM, 10);

        assertEquals(numbers(9, 10), texts(broker.before(ROOM, Start.LATEST, 2)));
        assertEquals(List.of(), texts(broker.before(ROOM, Start.EARLIEST, 2)));
        assertFalse(broker.before(ROOM, Start.EARLIEST, 2).more());
    }

    @Test
    default void nothingLiesBeforeTheOldestRetained() {
        Broker broker = open(keeping(3));
        List<Position> positions = publish(broker, ROOM, 10);

        for (int i = 0; i <= 7; i++) {
            Slice slice = broker.before(ROOM, new Start.At(positions.get(i)), 5);
            assertEquals(List.of(), texts(slice));
            assertFalse(slice.more());
        }
    }

    @Test
    default void allLiesBeforeAPositionBeyondTheHeadAndNothingBeforeAnotherLife() {
        Broker broker = open();
        Position head = publish(broker, ROOM, 10).getLast();

        assertEquals(numbers(9, 10), texts(broker.before(ROOM, new Start.At(head.at(99)), 2)));
        assertEquals(List.of(), texts(broker.before(ROOM, new Start.At(new Position("anotherlife", 5)), 2)));
    }

    @Test
    default void pageOfHeavyMessagesEndsEarly() {
        Broker broker = open();
        for (int i = 0; i < 20; i++) {
            publish(broker, ROOM, "x".repeat(150_000));
        }
        Slice first = broker.after(ROOM, Start.EARLIEST, 20);
        Slice last = broker.before(ROOM, Start.LATEST, 20);

        for (Slice page : List.of(first, last)) {
            assertTrue(page.more());
            int count = page.messages().size();
            assertTrue(count >= 1 && count * 150_000 < 3 << 20, count + " messages");
        }
        assertEquals(1, first.messages().getFirst().offset());
        assertEquals(20, last.messages().getLast().offset());
        assertEquals(20, forwards(broker, 20).size());
        assertEquals(20, backwards(broker, 20).size());
    }

    @Test
    default void pageHoldsOneMessageHoweverHeavy() {
        Broker broker = open();
        publish(broker, ROOM, "x".repeat(3_000_000));

        assertEquals(1, broker.after(ROOM, Start.EARLIEST, 5).messages().size());
        assertEquals(1, broker.before(ROOM, Start.LATEST, 5).messages().size());
    }

    private static List<String> forwards(Broker broker, int limit) {
        List<String> read = new ArrayList<>();
        Start start = Start.EARLIEST;
        Slice page;
        do {
            page = broker.after(ROOM, start, limit);
            read.addAll(texts(page));
            assertTrue(page.messages().size() <= limit);
            start = new Start.At(page.end());
        } while (page.more());
        return read;
    }

    private static List<String> backwards(Broker broker, int limit) {
        List<String> read = new ArrayList<>();
        Start start = Start.LATEST;
        Slice page;
        do {
            page = broker.before(ROOM, start, limit);
            page.messages().reversed().forEach(message -> read.addFirst(text(message)));
            assertTrue(page.messages().size() <= limit);
            start = new Start.At(page.messages().getFirst().position());
        } while (page.more());
        return read;
    }
}
