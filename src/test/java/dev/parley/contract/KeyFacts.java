package dev.parley.contract;

import static dev.parley.contract.BrokerSuite.keeping;
import static dev.parley.contract.BrokerSuite.publish;
import static dev.parley.contract.BrokerSuite.soon;
import static dev.parley.contract.BrokerSuite.texts;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.parley.core.Broker;
import dev.parley.core.Broker.Appended;
import dev.parley.core.Position;
import dev.parley.core.PublishKey;
import dev.parley.core.Start;
import dev.parley.fake.RecordingWatcher;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

interface KeyFacts extends BrokerSuite {
    PublishKey KEY = new PublishKey("alice", "k1");
    Duration ALMOST_KEY_TIME = Duration.ofMinutes(5).minusMillis(1);

    @Test
    default void usedKeyStoresNothingAndAnswersTheFirstPosition() {
        Broker broker = open();
        Appended first = publish(broker, ROOM, "once", KEY);
        publish(broker, ROOM, "between");
        Appended again = publish(broker, ROOM, "twice", KEY);

        assertFalse(first.duplicate());
        assertEquals(new Appended(first.position(), true), again);
        assertEquals(List.of("once", "between"), texts(broker.after(ROOM, Start.EARLIEST, 10)));
    }

    @Test
    default void duplicateIsNotReported() {
        Broker broker = open();
        var watcher = new RecordingWatcher();
        broker.watch(ROOM, watcher);
        Appended first = publish(broker, ROOM, "once", KEY);
        publish(broker, ROOM, "twice", KEY);
        Position next = publish(broker, ROOM, "next");

        soon(List.of(first.position(), next), watcher::positions);
    }

    @Test
    default void equalKeysOfTwoPublishersAreDifferent() {
        Broker broker = open();
        publish(broker, ROOM, "hers", KEY);

        assertFalse(
                publish(broker, ROOM, "his", new PublishKey("bob", KEY.key())).duplicate());
    }

    @Test
    default void keyCountsInItsChannelOnly() {
        Broker broker = open();
        publish(broker, ROOM, "here", KEY);

        assertFalse(publish(broker, OTHER_ROOM, "there", KEY).duplicate());
    }

    @Test
    default void keyIsForgottenAfterItsTime() {
        Broker broker = open();
        Appended first = publish(broker, ROOM, "once", KEY);
        pass(ALMOST_KEY_TIME);
        assertEquals(new Appended(first.position(), true), publish(broker, ROOM, "twice", KEY));
        pass(Duration.ofMillis(1)); // the retry did not renew it

        assertEquals(new Appended(first.position().at(2), false), publish(broker, ROOM, "thrice", KEY));
    }

    @Test
    default void keyOutlivesItsTrimmedMessage() {
        Broker broker = open(keeping(2));
        Appended first = publish(broker, ROOM, "once", KEY);
        publish(broker, ROOM, 10);

        assertEquals(new Appended(first.position(), true), publish(broker, ROOM, "twice", KEY));
    }

    @Test
    default void keyOutlivesItsExpiredMessage() {
        Broker broker = open(keeping(Duration.ofSeconds(1)));
        Appended first = publish(broker, ROOM, "once", KEY);
        pass(ALMOST_KEY_TIME);

        assertEquals(List.of(), texts(broker.after(ROOM, Start.EARLIEST, 10)));
        assertEquals(new Appended(first.position(), true), publish(broker, ROOM, "twice", KEY));
    }
}
