package dev.parley.contract;

import static dev.parley.contract.BrokerSuite.content;
import static dev.parley.contract.BrokerSuite.publish;
import static dev.parley.contract.BrokerSuite.soon;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.core.Broker;
import dev.parley.core.Message;
import dev.parley.core.Position;
import dev.parley.core.Start;
import dev.parley.fake.RecordingWatcher;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

interface WatchFacts extends BrokerSuite {
    @Test
    default void watcherIsGivenTheHeadAndHearsWhatComesAfterIt() {
        Broker broker = open();
        Position head = publish(broker, ROOM, 3).getLast();
        var watcher = new RecordingWatcher();

        assertEquals(head, broker.watch(ROOM, watcher));
        soon(publish(broker, ROOM, 4), watcher::positions);
    }

    @Test
    default void watcherOfANeverPublishedChannelIsGivenItsPosition() {
        Broker broker = open();
        Position empty = broker.after(ROOM, Start.LATEST, 0).head();
        var watcher = new RecordingWatcher();

        assertEquals(empty, broker.watch(ROOM, watcher));
        assertEquals(empty, broker.after(ROOM, Start.LATEST, 0).head());
        assertEquals(empty.at(1), publish(broker, ROOM, "first"));
        soon(List.of(empty.at(1)), watcher::positions);
    }

    @Test
    default void reportHasTheWholeMessageAndIsFollowedByAWake() {
        Broker broker = open();
        var watcher = new RecordingWatcher();
        broker.watch(ROOM, watcher);
        Broker.Appended appended = broker.append(ROOM, content("hello"), Optional.empty());
        soon(1, watcher::wakes);
        Message heard = watcher.heard().getFirst();

        assertEquals(ROOM, heard.channel());
        assertEquals(content("hello"), heard.content());
        assertEquals(appended.position(), heard.position());
        assertEquals(broker.at(ROOM, appended.position()).orElseThrow().time(), heard.time());
        assertEquals(0, watcher.unwoken());
    }

    @Test
    default void otherChannelsAreNotReported() {
        Broker broker = open();
        var watcher = new RecordingWatcher();
        broker.watch(ROOM, watcher);
        publish(broker, OTHER_ROOM, 3);
        Position own = publish(broker, ROOM, "own");

        soon(1, watcher::wakes);
        assertEquals(List.of(own), watcher.positions());
    }

    @Test
    default void newWatcherTakesThePlaceOfTheOld() {
        Broker broker = open();
        var old = new RecordingWatcher();
        var next = new RecordingWatcher();
        broker.watch(ROOM, old);
        Position first = publish(broker, ROOM, "first");
        soon(List.of(first), old::positions);
        assertEquals(first, broker.watch(ROOM, next));
        broker.unwatch(ROOM, old); // comes too late to end anything
        Position second = publish(broker, ROOM, "second");

        soon(List.of(second), next::positions);
        assertEquals(List.of(first), old.positions());
    }

    @Test
    default void reportsEndWithTheWatch() {
        Broker broker = open();
        var watcher = new RecordingWatcher();
        broker.watch(ROOM, watcher);
        Position first = publish(broker, ROOM, "first");
        soon(List.of(first), watcher::positions);
        broker.unwatch(ROOM, watcher);
        broker.unwatch(ROOM, watcher);
        broker.unwatch(OTHER_ROOM, watcher);
        Position second = publish(broker, ROOM, "second");
        var next = new RecordingWatcher();
        assertEquals(second, broker.watch(ROOM, next));
        Position third = publish(broker, ROOM, "third");

        soon(List.of(third), next::positions);
        assertEquals(List.of(first), watcher.positions());
    }

    @Test
    default void watchMayBeTakenUpAgain() {
        Broker broker = open();
        var watcher = new RecordingWatcher();
        broker.watch(ROOM, watcher);
        broker.unwatch(ROOM, watcher);
        Position first = publish(broker, ROOM, "unheard");

        assertEquals(first, broker.watch(ROOM, watcher));
        soon(List.of(publish(broker, ROOM, "heard")), watcher::positions);
    }

    @Test
    default void wakeComesUnderNoLock() {
        Broker broker = open();
        var found = new AtomicReference<Position>();
        broker.watch(ROOM, new Broker.Watcher() {
            @Override
            public void appended(Message message) {}

            @Override
            public void wake() {
                var other = CompletableFuture.supplyAsync(
                        () -> broker.after(ROOM, Start.LATEST, 0).head());
                found.set(other.orTimeout(10, TimeUnit.SECONDS).join());
            }
        });

        soon(publish(broker, ROOM, "first"), found::get);
    }

    @Test
    default void brokerIsAvailableUntilItIsClosed() {
        Broker broker = open();
        assertTrue(broker.isAvailable());
        broker.close();
        broker.close();

        assertFalse(broker.isAvailable());
    }
}
