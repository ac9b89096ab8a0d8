package dev.parley.contract;

import static dev.parley.contract.BrokerSuite.content;
import static dev.parley.contract.BrokerSuite.keeping;
import static dev.parley.contract.BrokerSuite.numbers;
import static dev.parley.contract.BrokerSuite.publish;
import static dev.parley.contract.BrokerSuite.texts;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.core.Broker;
import dev.parley.core.ChannelLimit;
import dev.parley.core.ChannelName;
import dev.parley.core.Namespace;
import dev.parley.core.Position;
import dev.parley.core.Slice;
import dev.parley.core.Start;
import dev.parley.fake.RecordingWatcher;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

interface RetentionFacts extends BrokerSuite {
    @Test
    default void newestAreRetainedByCount() {
        Broker broker = open(keeping(3));
        publish(broker, ROOM, 10);

        assertEquals(numbers(8, 10), texts(broker.after(ROOM, Start.EARLIEST, 100)));
    }

    @Test
    default void newestAreRetainedByWeight() {
        Broker broker = open(weighing(10_000));
        for (int i = 0; i < 50; i++) {
            publish(broker, ROOM, "x".repeat(1000));
        }
        int retained = broker.after(ROOM, Start.EARLIEST, 100).messages().size();

        assertTrue(retained >= 5 && retained <= 9, retained + " messages");
    }

    @Test
    default void newestIsRetainedHoweverHeavy() {
        Broker broker = open(weighing(1000));
        publish(broker, ROOM, 3);
        Position heavy = publish(broker, ROOM, "x".repeat(5000));

        assertEquals(1, broker.after(ROOM, Start.EARLIEST, 100).messages().size());
        assertTrue(broker.at(ROOM, heavy).isPresent());

        publish(broker, ROOM, "light");
        assertEquals(List.of("light"), texts(broker.after(ROOM, Start.EARLIEST, 100)));
    }

    @Test
    default void messagesAreRetainedForTheirAge() {
        Broker broker = open(keeping(Duration.ofSeconds(10)));
        List<Position> positions = publish(broker, ROOM, 2);
        pass(Duration.ofSeconds(4));
        Position third = publish(broker, ROOM, "3");
        pass(Duration.ofSeconds(6));
        assertEquals(numbers(1, 3), texts(broker.after(ROOM, Start.EARLIEST, 100)));
        pass(Duration.ofMillis(1));

        assertEquals(List.of("3"), texts(broker.after(ROOM, Start.EARLIEST, 100)));
        assertEquals(List.of("3"), texts(broker.before(ROOM, Start.LATEST, 100)));
        assertEquals(Optional.empty(), broker.at(ROOM, positions.getLast()));
        assertTrue(broker.at(ROOM, third).isPresent());
    }

    @Test
    default void expiredLogGoesOnCounting() {
        Broker broker = open(keeping(Duration.ofSeconds(10)));
        Position head = publish(broker, ROOM, 2).getLast();
        pass(Duration.ofSeconds(11));

        assertEquals(new Slice(head, List.of(), head, false), broker.after(ROOM, new Start.At(head), 10));
        assertEquals(new Slice(head, List.of(), head, false), broker.after(ROOM, new Start.At(head.at(0)), 10));
        assertEquals(head.at(3), publish(broker, ROOM, "3"));
    }

    @Test
    default void namespaceHasRulesOfItsOwn() {
        Broker broker = open(name -> name.namespace().equals("chat") ? keeping(2) : keeping(5), MANY);
        var news = new ChannelName("news:today");
        publish(broker, ROOM, 10);
        publish(broker, news, 10);

        assertEquals(numbers(9, 10), texts(broker.after(ROOM, Start.EARLIEST, 100)));
        assertEquals(numbers(6, 10), texts(broker.after(news, Start.EARLIEST, 100)));
    }

    @Test
    default void oneChannelTooManyIsRefused() {
        Broker broker = open(name -> Namespace.DEFAULT, 2);
        publish(broker, ROOM, 3);
        publish(broker, OTHER_ROOM, 3);
        var third = new ChannelName("chat:attic");

        assertThrows(ChannelLimit.class, () -> broker.append(third, content("no"), Optional.empty()));
        assertEquals(List.of(), texts(broker.after(third, Start.EARLIEST, 10)));
        assertEquals(4, publish(broker, ROOM, "still open").offset());
    }

    @Test
    default void whoOnlyReadsTakesNoPlace() {
        Broker broker = open(name -> Namespace.DEFAULT, 1);
        var watcher = new RecordingWatcher();
        broker.watch(OTHER_ROOM, watcher);
        broker.after(new ChannelName("chat:attic"), Start.EARLIEST, 10);
        publish(broker, ROOM, "first");

        assertThrows(ChannelLimit.class, () -> broker.append(OTHER_ROOM, content("no"), Optional.empty()));
        assertEquals(List.of(), watcher.heard());
    }

    private static Namespace weighing(long bytes) {
        return new Namespace(1000, Duration.ofHours(24), bytes, Namespace.SlowReader.CLOSE, Duration.ofMinutes(5));
    }
}
