package dev.parley.contract;

import static dev.parley.contract.BrokerSuite.keeping;
import static dev.parley.contract.BrokerSuite.numbers;
import static dev.parley.contract.BrokerSuite.publish;
import static dev.parley.contract.BrokerSuite.texts;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.core.Broker;
import dev.parley.core.Position;
import dev.parley.core.Slice;
import dev.parley.core.Start;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

interface ReadFacts extends BrokerSuite {
    @Test
    default void neverPublishedChannelIsEmptyAndHasAPosition() {
        Broker broker = open();
        Position empty = broker.after(ROOM, Start.EARLIEST, 10).head();

        for (Start start : List.of(Start.EARLIEST, Start.LATEST, new Start.At(empty))) {
            assertEquals(new Slice(empty, List.of(), empty, false), broker.after(ROOM, start, 10));
            assertEquals(List.of(), broker.before(ROOM, start, 10).messages());
            assertFalse(broker.before(ROOM, start, 10).more());
        }
        assertEquals(Optional.empty(), broker.at(ROOM, empty));
    }

    @Test
    default void positionOfAnEmptyChannelMissesNothingOfWhatComes() {
        Broker broker = open();
        Position empty = broker.after(ROOM, Start.LATEST, 0).start();
        publish(broker, ROOM, 3);
        Slice slice = broker.after(ROOM, new Start.At(empty), 10);

        assertFalse(slice.missedAfter(empty));
        assertEquals(numbers(1, 3), texts(slice));
    }

    @Test
    default void whatComesAfterAPositionIsRead() {
        Broker broker = open();
        List<Position> positions = publish(broker, ROOM, 5);
        Slice slice = broker.after(ROOM, new Start.At(positions.get(1)), 10);

        assertEquals(positions.get(1), slice.start());
        assertEquals(numbers(3, 5), texts(slice));
        assertEquals(positions.getLast(), slice.head());
        assertEquals(positions.getLast(), slice.end());
        assertFalse(slice.more());
    }

    @Test
    default void nothingComesAfterTheHead() {
        Broker broker = open();
        Position head = publish(broker, ROOM, 5).getLast();

        assertEquals(new Slice(head, List.of(), head, false), broker.after(ROOM, new Start.At(head), 10));
        assertEquals(new Slice(head, List.of(), head, false), broker.after(ROOM, Start.LATEST, 10));
    }

    @Test
    default void readerBehindTheRetainedStartsAtTheOldestAndIsTold() {
        Broker broker = open(keeping(3));
        List<Position> positions = publish(broker, ROOM, 10);
        Position last = positions.get(6); // the newest that is not retained

        Slice told = broker.after(ROOM, new Start.At(positions.get(5)), 10);
        assertTrue(told.missedAfter(positions.get(5)));
        assertEquals(last, told.start());
        assertEquals(numbers(8, 10), texts(told));

        assertFalse(broker.after(ROOM, new Start.At(last), 10).missedAfter(last));
        Slice earliest = broker.after(ROOM, Start.EARLIEST, 10);
        assertEquals(last, earliest.start());
        assertEquals(numbers(8, 10), texts(earliest));
    }

    @Test
    default void positionOfAnotherLifeOrBeyondTheHeadStartsAtTheOldest() {
        Broker broker = open(keeping(3));
        Position head = publish(broker, ROOM, 10).getLast();

        for (Position unknown : List.of(new Position("anotherlife", 9), head.at(11), head.at(Long.MAX_VALUE))) {
            Slice slice = broker.after(ROOM, new Start.At(unknown), 10);
            assertTrue(slice.missedAfter(unknown));
            assertEquals(head.at(7), slice.start());
            assertEquals(numbers(8, 10), texts(slice));
        }
    }

    @Test
    default void unknownPositionOnANeverPublishedChannelIsTold() {
        Broker broker = open();
        Position unknown = new Position("anotherlife", 9);

        assertTrue(broker.after(ROOM, new Start.At(unknown), 10).missedAfter(unknown));
    }

    @Test
    default void limitOfNothingTellsTheStart() {
        Broker broker = open(keeping(3));
        Position head = publish(broker, ROOM, 10).getLast();

        assertEquals(new Slice(head.at(7), List.of(), head, true), broker.after(ROOM, Start.EARLIEST, 0));
        assertEquals(new Slice(head, List.of(), head, false), broker.after(ROOM, Start.LATEST, 0));
    }

    @Test
    default void oneMessageIsFoundByItsPosition() {
        Broker broker = open(keeping(3));
        List<Position> positions = publish(broker, ROOM, 10);

        for (int i = 7; i < 10; i++) {
            assertEquals(
                    positions.get(i),
                    broker.at(ROOM, positions.get(i)).orElseThrow().position());
        }
        Position head = positions.getLast();
        for (Position gone : List.of(head.at(0), head.at(7), head.at(11), new Position("anotherlife", 9))) {
            assertEquals(Optional.empty(), broker.at(ROOM, gone));
        }
    }
}
