package dev.parley.contract;

import static dev.parley.contract.BrokerSuite.publish;
import static dev.parley.contract.BrokerSuite.soon;
import static dev.parley.contract.BrokerSuite.texts;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.core.Broker;
import dev.parley.core.Logs;
import dev.parley.core.Position;
import dev.parley.core.PublishKey;
import dev.parley.core.Slice;
import dev.parley.core.Start;
import dev.parley.fake.RecordingWatcher;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a broker whose logs can be listed and emptied must do. */
public interface LogsFacts extends BrokerSuite {
    /** The same logs. */
    default Logs logs(Broker broker) {
        return (Logs) broker;
    }

    @Test
    default void channelsAreThoseInWhichSomethingIsStored() {
        Broker broker = open();
        publish(broker, ROOM, 2);
        publish(broker, OTHER_ROOM, 1);

        assertEquals(Set.of(ROOM, OTHER_ROOM), Set.copyOf(logs(broker).names()));
    }

    @Test
    default void clearedLogHasNothingAndItsPositionsGoOn() {
        Broker broker = open();
        Position third = publish(broker, ROOM, 3).getLast();
        publish(broker, OTHER_ROOM, 1);
        logs(broker).clear(ROOM);

        Slice rest = broker.after(ROOM, Start.EARLIEST, 10);
        assertEquals(List.of(), rest.messages());
        assertEquals(third, rest.head());
        assertEquals(List.of("1"), texts(broker.after(OTHER_ROOM, Start.EARLIEST, 10)));
        assertEquals(third.at(4), publish(broker, ROOM, "next"));
        assertEquals(List.of("next"), texts(broker.after(ROOM, Start.EARLIEST, 10)));
    }

    @Test
    default void readerThatHasNotGotAllOfAClearedLogMissesSomethingAndNobodyElseDoes() {
        Broker broker = open();
        Position third = publish(broker, ROOM, 3).getLast();
        logs(broker).clear(ROOM);

        assertTrue(broker.after(ROOM, new Start.At(third.at(2)), 10).missedAfter(third.at(2)));
        assertFalse(broker.after(ROOM, new Start.At(third), 10).missedAfter(third));
        assertTrue(broker.at(ROOM, third).isEmpty());
    }

    @Test
    default void watcherHearsOfTheClearing() {
        Broker broker = open();
        var watcher = new RecordingWatcher();
        broker.watch(ROOM, watcher);
        Position third = publish(broker, ROOM, 3).getLast();
        logs(broker).clear(OTHER_ROOM);
        logs(broker).clear(ROOM);

        soon(List.of(third), watcher::restarts);
    }

    @Test
    default void keysAreRememberedThoughTheirMessagesAreGone() {
        Broker broker = open();
        var key = new PublishKey("alice", "k");
        Position first = publish(broker, ROOM, "1", key).position();
        logs(broker).clear(ROOM);

        assertEquals(new Broker.Appended(first, true), publish(broker, ROOM, "2", key));
    }
}
