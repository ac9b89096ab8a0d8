package dev.parley.contract;

import static dev.parley.contract.BrokerSuite.publish;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.core.Broker;
import dev.parley.core.Content;
import dev.parley.core.Message;
import dev.parley.core.Position;
import dev.parley.core.Start;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

interface AppendFacts extends BrokerSuite {
    @Test
    default void offsetsAreDenseAndRiseFromOne() {
        List<Position> positions = publish(open(), ROOM, 100);
        String epoch = positions.getFirst().epoch();

        assertEquals(
                LongStream.rangeClosed(1, 100)
                        .mapToObj(offset -> new Position(epoch, offset))
                        .toList(),
                positions);
    }

    @Test
    default void firstMessageFollowsThePositionOfTheEmptyChannel() {
        Broker broker = open();
        Position empty = broker.after(ROOM, Start.LATEST, 10).head();

        assertEquals(0, empty.offset());
        assertEquals(empty.at(1), publish(broker, ROOM, "first"));
    }

    @Test
    default void positionsHaveATextForm() {
        Broker broker = open();
        Position empty = broker.after(ROOM, Start.LATEST, 10).head();
        Position first = publish(broker, ROOM, "first");

        assertEquals(Optional.of(empty), Position.parse(empty.toString()));
        assertEquals(Optional.of(first), Position.parse(first.toString()));
    }

    @Test
    default void messageIsStoredAsItWasPublished() {
        Broker broker = open();
        var content = new Content("{\"\u00e4\":[1,\"\\n\",null,\"\ud83d\ude00\"]}", "edit", "Zo\u00eb");
        Broker.Appended appended = broker.append(ROOM, content, Optional.empty());
        Message stored = broker.at(ROOM, appended.position()).orElseThrow();

        assertFalse(appended.duplicate());
        assertEquals(content, stored.content());
        assertEquals(ROOM, stored.channel());
        assertEquals(appended.position(), stored.position());
    }

    @Test
    default void timeOfAMessageIsWhenItWasStored() {
        Broker broker = open();
        Position first = publish(broker, ROOM, "first");
        pass(Duration.ofMillis(1500));
        Position second = publish(broker, ROOM, "second");

        assertEquals(1500, timeOf(broker, second) - timeOf(broker, first));
    }

    @Test
    default void timeOfAChannelDoesNotRunBackwards() {
        Broker broker = open();
        Position first = publish(broker, ROOM, "first");
        pass(Duration.ofMinutes(-3));
        Position second = publish(broker, ROOM, "second");

        assertTrue(timeOf(broker, second) >= timeOf(broker, first));
    }

    @Test
    default void channelsCountForThemselves() {
        Broker broker = open();
        publish(broker, ROOM, 5);

        assertEquals(1, publish(broker, OTHER_ROOM, "first").offset());
        assertEquals(6, publish(broker, ROOM, "sixth").offset());
    }

    private static long timeOf(Broker broker, Position position) {
        return broker.at(ROOM, position).orElseThrow().time();
    }
}
