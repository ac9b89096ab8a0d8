package dev.parley.embedded;

import static dev.parley.contract.BrokerSuite.content;
import static dev.parley.contract.BrokerSuite.keeping;
import static dev.parley.contract.BrokerSuite.publish;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.contract.BrokerContract;
import dev.parley.contract.LogsFacts;
import dev.parley.core.Broker;
import dev.parley.core.ChannelLimit;
import dev.parley.core.ChannelName;
import dev.parley.core.LogUnavailable;
import dev.parley.core.Namespace;
import dev.parley.core.Position;
import dev.parley.core.PublishKey;
import dev.parley.core.Start;
import dev.parley.fake.RecordingWatcher;
import dev.parley.fake.SettableClock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class EmbeddedBrokerTest extends BrokerContract implements LogsFacts {
    private static final Duration KEY_TIME = Namespace.DEFAULT.keyTime();
    private static final Namespace BRIEF = keeping(Duration.ofSeconds(10));

    private final SettableClock clock = new SettableClock();

    @Override
    protected Broker create(Function<ChannelName, Namespace> rules, int maxChannels) {
        return new EmbeddedBroker(rules, maxChannels, clock);
    }

    @Override
    public void pass(Duration time) {
        clock.move(time);
    }

    private EmbeddedBroker embedded(Namespace rules, int maxChannels) {
        return (EmbeddedBroker) open(name -> rules, maxChannels);
    }

    @Test
    void reportComesBeforeTheAnswer() {
        Broker broker = open();
        var watcher = new RecordingWatcher();
        broker.watch(ROOM, watcher);

        assertEquals(publish(broker, ROOM, 3), watcher.positions());
        assertEquals(3, watcher.wakes());
    }

    @Test
    void readingStrangeNamesLeavesNothing() {
        EmbeddedBroker broker = embedded(BRIEF, MANY);
        for (int i = 0; i < 100; i++) {
            var strange = new ChannelName("strange:" + i);
            broker.after(strange, Start.EARLIEST, 10);
            broker.before(strange, Start.LATEST, 10);
            broker.at(strange, new Position("any", 1));
            broker.unwatch(strange, new RecordingWatcher());
        }

        assertEquals(0, broker.logs());
    }

    @Test
    void watchedButNeverPublishedLeavesWithItsWatcherAndKeepsItsPosition() {
        EmbeddedBroker broker = embedded(BRIEF, MANY);
        var watcher = new RecordingWatcher();
        Position empty = broker.watch(ROOM, watcher);
        assertEquals(1, broker.logs());
        broker.sweep();
        assertEquals(1, broker.logs());
        broker.unwatch(ROOM, watcher);

        assertEquals(0, broker.logs());
        assertEquals(empty.at(1), publish(broker, ROOM, "first"));
    }

    @Test
    void refusedChannelLeavesNothing() {
        EmbeddedBroker broker = embedded(BRIEF, 1);
        publish(broker, ROOM, "first");
        assertThrows(ChannelLimit.class, () -> broker.append(OTHER_ROOM, content("no"), Optional.empty()));

        assertEquals(1, broker.logs());
        assertEquals(1, broker.channels());
    }

    @Test
    void expiredAndUnusedLogIsForgottenAndFreesItsPlace() {
        EmbeddedBroker broker = embedded(BRIEF, 1);
        Position last = publish(broker, ROOM, 5).getLast();
        pass(KEY_TIME.minusMillis(1));
        broker.sweep();
        assertEquals(1, broker.logs()); // empty since long, but a reader may still come back to the same life
        pass(Duration.ofMillis(1));
        broker.sweep();

        assertEquals(0, broker.logs());
        assertEquals(0, broker.channels());
        assertEquals(1, publish(broker, OTHER_ROOM, "there is a place").offset());
        assertTrue(broker.after(ROOM, new Start.At(last), 10).missedAfter(last));
    }

    @Test
    void logBornAgainUsesNoPositionAgain() {
        EmbeddedBroker broker = embedded(BRIEF, MANY);
        Position before = publish(broker, ROOM, 5).getFirst();
        Position elsewhere = publish(broker, OTHER_ROOM, "stays");
        for (int life = 0; life < 40; life++) {
            pass(KEY_TIME);
            publish(broker, OTHER_ROOM, "stays");
            broker.sweep();
            Position after = publish(broker, ROOM, "again");

            assertEquals(1, after.offset());
            assertNotEquals(before.epoch(), after.epoch());
            assertEquals(Optional.of(after), Position.parse(after.toString()));
            before = after;
        }
        assertEquals(elsewhere.epoch(), publish(broker, OTHER_ROOM, "stays").epoch());
    }

    @Test
    void watchedLogIsNotForgotten() {
        EmbeddedBroker broker = embedded(BRIEF, MANY);
        Position last = publish(broker, ROOM, 5).getLast();
        var watcher = new RecordingWatcher();
        broker.watch(ROOM, watcher);
        pass(Duration.ofDays(30));
        broker.sweep();
        broker.unwatch(ROOM, watcher);
        broker.sweep(); // a reader who comes back at once still finds the same life

        assertEquals(last.at(6), publish(broker, ROOM, "6"));
    }

    @Test
    void readLogIsNotForgotten() {
        EmbeddedBroker broker = embedded(BRIEF, MANY);
        Position last = publish(broker, ROOM, 5).getLast();
        for (int i = 0; i < 10; i++) {
            pass(KEY_TIME.minusMillis(1));
            broker.sweep();
            assertFalse(broker.after(ROOM, new Start.At(last), 10).missedAfter(last));
        }
    }

    @Test
    void rememberedKeyKeepsItsLog() {
        EmbeddedBroker broker = embedded(BRIEF, MANY);
        var key = new PublishKey("alice", "k");
        publish(broker, ROOM, "once", key);
        pass(KEY_TIME.minusMillis(1));
        broker.sweep();

        assertTrue(publish(broker, ROOM, "twice", key).duplicate());
    }

    @Test
    void oldestKeysAreForgottenWhenThereAreTooMany() {
        Broker broker = open();
        for (int i = 0; i <= RecentKeys.MAX_KEYS; i++) {
            publish(broker, ROOM, "m", new PublishKey("alice", "k" + i));
        }

        assertTrue(publish(broker, ROOM, "m", new PublishKey("alice", "k1")).duplicate());
        assertFalse(publish(broker, ROOM, "m", new PublishKey("alice", "k0")).duplicate());
    }

    @Test
    void anotherStartHasAnotherEpoch() {
        Position first = publish(open(), ROOM, "m");
        Position second = publish(open(), ROOM, "m");

        assertNotEquals(first.epoch(), second.epoch());
    }

    @Test
    void endlessRulesAreGoodRules() {
        var endless = Duration.ofSeconds(Long.MAX_VALUE);
        Broker broker = open(new Namespace(10, endless, Long.MAX_VALUE, Namespace.SlowReader.GAP, endless));
        var key = new PublishKey("alice", "k");
        publish(broker, ROOM, "once", key);
        pass(Duration.ofDays(36_500));

        assertTrue(publish(broker, ROOM, "twice", key).duplicate());
        assertEquals(1, broker.after(ROOM, Start.EARLIEST, 10).messages().size());
    }

    @Test
    void closedBrokerRefusesPublishes() {
        Broker broker = open();
        publish(broker, ROOM, "first");
        broker.close();

        assertThrows(LogUnavailable.class, () -> broker.append(ROOM, content("late"), Optional.empty()));
        assertEquals(1, broker.after(ROOM, Start.EARLIEST, 10).messages().size());
    }
}
