package dev.parley.redis;

import static dev.parley.contract.BrokerSuite.numbers;
import static dev.parley.contract.BrokerSuite.publish;
import static dev.parley.contract.BrokerSuite.soon;
import static dev.parley.contract.BrokerSuite.texts;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.contract.BrokerSuite;
import dev.parley.core.Broker.Appended;
import dev.parley.core.ChannelName;
import dev.parley.core.LogUnavailable;
import dev.parley.core.Position;
import dev.parley.core.PublishKey;
import dev.parley.core.Start;
import dev.parley.fake.RecordingWatcher;
import dev.parley.fault.RedisServer;
import dev.parley.fault.breaking.Relay;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What two nodes do when their Redis is not what it should be. */
@Timeout(60)
class RedisFaultsTest {
    private static final ChannelName ROOM = new ChannelName("chat:lobby");
    private static final Duration TIMEOUT = Duration.ofMillis(1500);
    private static final PublishKey KEY = new PublishKey("alice", "k");

    @RegisterExtension
    private static final Started STARTED = new Started();

    private RedisServer redis;
    private RedisBroker north;
    private RedisBroker south;
    private final RecordingWatcher watcher = new RecordingWatcher();

    @BeforeEach
    void start() {
        redis = STARTED.server(RedisServer.start("--appendonly", "yes", "--appendfsync", "everysec"));
        north = STARTED.node("north", redis.uri(), TIMEOUT);
        south = STARTED.node("south", redis.uri(), TIMEOUT);
        soon(true, north::isAvailable);
        soon(true, south::isAvailable);
    }

    @Test
    void messagesOfOneNodeReachTheReadersOfTheOther() {
        north.watch(ROOM, watcher);
        List<Position> positions = publish(south, ROOM, 100);

        soon(positions, watcher::positions);
    }

    @Test
    void nodeListensToTheChannelsOfItsReadersOnly() {
        north.watch(ROOM, watcher);
        soon("parley:{chat:lobby}:live", () -> redis.say("PUBSUB", "CHANNELS", "*live"));
        north.unwatch(ROOM, watcher);

        soon("", () -> redis.say("PUBSUB", "CHANNELS", "*live"));
    }

    @Test
    void stoppedRedisRefusesPublishesAndLosesNothing() {
        north.watch(ROOM, watcher);
        List<Position> before = publish(south, ROOM, 10);
        soon(before, watcher::positions);
        redis.kill();
        soon(false, north::isAvailable);
        soon(false, north::isInTouch);
        assertRefusedWithin(TIMEOUT.dividedBy(2));
        assertThrows(LogUnavailable.class, () -> north.after(ROOM, Start.LATEST, 10));
        redis.restart();
        soon(true, north::isAvailable);
        soon(true, south::isAvailable);
        Position next = publish(south, ROOM, "11");

        assertEquals(before.getLast().at(11), next);
        soon(next, () -> watcher.positions().getLast());
    }

    @Test
    void pausedRedisStoresNothingThatWasRefused() {
        north.watch(ROOM, watcher);
        Position first = publish(south, ROOM, "1");
        redis.pause();
        assertRefusedWithin(TIMEOUT.plusSeconds(1));
        soon(false, south::isInTouch);
        assertRefusedWithin(TIMEOUT.dividedBy(2));
        redis.resume();
        soon(true, south::isAvailable);
        soon(true, north::isAvailable);
        Position second = publish(south, ROOM, "2");

        assertEquals(first.at(2), second);
        soon(List.of(first, second), watcher::positions);
        assertEquals(numbers(1, 2), texts(south.after(ROOM, Start.EARLIEST, 10)));
    }

    @Test
    void cutConnectionsMissNothing() {
        north.watch(ROOM, watcher);
        for (int i = 1; i <= 20; i++) {
            redis.say("CLIENT", "KILL", "TYPE", "pubsub");
            storeOnce(i);
        }
        redis.say("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
        storeOnce(21);

        Position head = south.after(ROOM, Start.LATEST, 0).head();
        List<Position> all = LongStream.rangeClosed(1, 21).mapToObj(head::at).toList();
        assertEquals(all.getLast(), head);
        soon(all, watcher::positions);
        assertEquals(
                numbers(1, 21), watcher.heard().stream().map(BrokerSuite::text).toList());
    }

    /** Until it is answered, as an answer may be lost with the connection. */
    private void storeOnce(int number) {
        var key = new PublishKey("alice", "k" + number);
        soon(true, () -> isStored(Integer.toString(number), key));
    }

    private boolean isStored(String text, PublishKey key) {
        try {
            publish(south, ROOM, text, key);
            return true;
        } catch (LogUnavailable e) {
            return false;
        }
    }

    @Test
    void slowRedisIsAnsweredForWithinTheDeadline() {
        Position first = publish(south, ROOM, "1");
        redis.say("CLIENT", "PAUSE", "4000", "WRITE");
        assertRefusedWithin(TIMEOUT.plusSeconds(1));
        soon(false, south::isAvailable);
        soon(true, south::isAvailable);

        assertEquals(first.at(2), publish(south, ROOM, "2"));
    }

    /** The answer tells the log's epoch; a node that has not heard of the log yet does not ask for it by that. */
    @Test
    void retryWithItsKeySettlesWhatIsNotKnown() {
        Position first = publish(north, ROOM, "first");
        Relay relay = STARTED.server(new Relay());
        relay.leadTo(redis.port());
        RedisBroker west = STARTED.node("west", "redis://127.0.0.1:" + relay.port(), TIMEOUT);
        soon(true, west::isAvailable);
        relay.become(new Relay.Weather.Holding(first.epoch()));
        assertThrows(LogUnavailable.class, () -> publish(west, ROOM, "once", KEY));
        assertEquals(first.at(2), north.after(ROOM, Start.LATEST, 0).head());

        var stored = new Appended(first.at(2), true);
        assertEquals(stored, publish(north, ROOM, "once", KEY));
        relay.clearUp();
        soon(true, west::isAvailable);
        assertEquals(stored, publish(west, ROOM, "once", KEY));
        assertEquals(List.of("first", "once"), texts(north.after(ROOM, Start.EARLIEST, 10)));
    }

    @Test
    void fullMemoryRefusesPublishesAndServesReaders() {
        Position first = publish(south, ROOM, "1");
        redis.say("CONFIG", "SET", "maxmemory", "1");
        assertThrows(LogUnavailable.class, () -> publish(south, ROOM, "no"));
        soon(false, south::isAvailable);
        assertTrue(south.isInTouch());
        assertEquals(first, south.watch(ROOM, watcher));
        assertEquals(numbers(1, 1), texts(south.after(ROOM, Start.EARLIEST, 10)));
        redis.say("CONFIG", "SET", "maxmemory", "0");
        soon(true, south::isAvailable);

        assertEquals(first.at(2), publish(south, ROOM, "2"));
        soon(List.of(first.at(2)), watcher::positions);
    }

    @Test
    void fullMemoryLetsNoNewChannelIn() {
        redis.say("CONFIG", "SET", "maxmemory", "1");
        assertThrows(LogUnavailable.class, () -> publish(south, ROOM, "no"));
        redis.say("CONFIG", "SET", "maxmemory", "0");

        assertEquals("0", redis.say("EXISTS", "parley:{chat:lobby}:log", "parley:{chat:lobby}:meta"));
    }

    @Test
    void replicaRefusesPublishesAndServesReaders() {
        Position first = publish(south, ROOM, "1");
        redis.say("REPLICAOF", "127.0.0.1", "1"); // of a master that does not answer
        assertThrows(LogUnavailable.class, () -> publish(south, ROOM, "no"));
        soon(false, south::isAvailable);
        assertEquals(numbers(1, 1), texts(south.after(ROOM, Start.EARLIEST, 10)));
        redis.say("REPLICAOF", "NO", "ONE");
        soon(true, south::isAvailable);

        assertEquals(first.at(2), publish(south, ROOM, "2"));
    }

    @Test
    void emptiedRedisIsAnotherLifeAndWatchersAreTold() {
        north.watch(ROOM, watcher);
        Position first = publish(south, ROOM, "1");
        soon(List.of(first), watcher::positions);
        redis.say("FLUSHALL");
        soon(1, () -> watcher.restarts().size());
        Position born = publish(south, ROOM, "2");

        assertEquals(1, born.offset());
        assertNotEquals(first.epoch(), born.epoch());
        soon(List.of(first, born), watcher::positions);
        assertTrue(north.after(ROOM, new Start.At(first), 10).missedAfter(first));
    }

    @Test
    void logThatHasForgottenItsEndIsAnotherLife() {
        north.watch(ROOM, watcher);
        List<Position> seen = publish(south, ROOM, 5);
        soon(seen, watcher::positions);
        redis.say("HSET", "parley:{chat:lobby}:meta", "head", "3"); // as a replica that had not got everything
        redis.say("XDEL", "parley:{chat:lobby}:log", "4-0", "5-0");
        redis.say("XSETID", "parley:{chat:lobby}:log", "3-0");
        Position next = publish(south, ROOM, "four");

        assertEquals(4, next.offset());
        assertNotEquals(seen.getFirst().epoch(), next.epoch());
        soon(next, () -> watcher.positions().getLast());
        assertEquals(List.of("1", "2", "3", "four"), texts(north.after(ROOM, Start.EARLIEST, 10)));
    }

    @Test
    void flushedScriptsAreSentAgain() {
        Position first = publish(south, ROOM, "1");
        redis.say("SCRIPT", "FLUSH");

        assertEquals(first.at(2), publish(south, ROOM, "2"));
        assertEquals(numbers(1, 2), texts(south.after(ROOM, Start.EARLIEST, 10)));
    }

    @Test
    void nodeStartsWithoutRedisAndWaitsForIt() {
        redis.kill();
        RedisBroker early = STARTED.node("early", redis.uri(), TIMEOUT);
        assertFalse(early.isAvailable());
        assertThrows(LogUnavailable.class, () -> early.watch(ROOM, watcher));
        redis.restart();
        soon(true, early::isAvailable);
        early.watch(ROOM, watcher);
        Position first = publish(early, ROOM, "1");

        soon(List.of(first), watcher::positions);
    }

    private void assertRefusedWithin(Duration atMost) {
        long start = System.nanoTime();
        assertThrows(LogUnavailable.class, () -> publish(south, ROOM, "refused"));
        long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        assertTrue(took <= atMost.toMillis(), took + " ms");
    }
}
