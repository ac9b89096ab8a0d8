package dev.parley.app;

import static dev.parley.contract.BrokerSuite.content;
import static dev.parley.contract.BrokerSuite.numbers;
import static dev.parley.contract.BrokerSuite.publish;
import static dev.parley.contract.BrokerSuite.texts;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.config.Settings;
import dev.parley.config.SettingsSource;
import dev.parley.core.Broker;
import dev.parley.core.Broker.Appended;
import dev.parley.core.ChannelName;
import dev.parley.core.Content;
import dev.parley.core.LogUnavailable;
import dev.parley.core.Message;
import dev.parley.core.Metrics;
import dev.parley.core.Position;
import dev.parley.core.PublishKey;
import dev.parley.core.Slice;
import dev.parley.core.Start;
import dev.parley.embedded.DurableBroker;
import dev.parley.embedded.UnusableData;
import dev.parley.fault.RedisServer;
import dev.parley.redis.Address;
import dev.parley.redis.RedisBroker;
import dev.parley.redis.RedisOptions;
import dev.parley.redis.Started;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class CopyToRedisTest {
    private static final ChannelName ROOM = new ChannelName("chat:lobby");
    private static final ChannelName TINY = new ChannelName("tiny:news");
    private static final PublishKey KEY = new PublishKey("Zoë of the Hills", "k 1");

    @RegisterExtension
    private static final Started STARTED = new Started();

    @TempDir
    private Path folder;

    private RedisServer redis;
    private Settings settings;

    @BeforeEach
    void start() {
        redis = STARTED.server(RedisServer.start());
        settings = settings(redis.uri(), folder);
    }

    private static Settings settings(String redis, Path data) {
        return SettingsSource.of(Map.of("redis", redis, "data", data.toString(), "namespace.tiny.history", "3"));
    }

    private DurableBroker alone() {
        return DurableBroker.open(folder, settings::namespace, 100, Clock.systemUTC(), Metrics.NONE);
    }

    private RedisBroker node() {
        var options = new RedisOptions(Address.parse(redis.uri()), "parley", Duration.ofSeconds(5), 100);
        return STARTED.node("node", options, settings::namespace, Clock.systemUTC(), Metrics.NONE);
    }

    private static List<Message> all(Broker broker, ChannelName channel) {
        return broker.after(channel, Start.EARLIEST, 10_000).messages();
    }

    @Test
    void readersGoOnWithThePositionsThatTheyHave() {
        List<Position> positions;
        var strange = new Content("{\"text\":\"ä\\u0000 😀\"}", "ev ent", "Zoë");
        Position last;
        List<Message> before;
        try (DurableBroker alone = alone()) {
            positions = publish(alone, ROOM, 700);
            last = alone.append(ROOM, strange, Optional.empty()).position();
            before = alone.before(ROOM, Start.LATEST, 500).messages();
        }
        assertEquals("copied 1 channels, 701 messages, 0 keys", CopyToRedis.copy(settings, false));

        RedisBroker node = node();
        Slice rest = node.after(ROOM, new Start.At(positions.get(299)), 400);
        assertFalse(rest.missedAfter(positions.get(299)));
        assertEquals(numbers(301, 700), texts(rest));
        List<Message> after = node.before(ROOM, Start.LATEST, 500).messages();
        assertEquals(before.size(), after.size());
        for (int i = 0; i < before.size(); i++) {
            assertEquals(before.get(i).position(), after.get(i).position());
            assertEquals(before.get(i).content(), after.get(i).content());
            assertEquals(before.get(i).time(), after.get(i).time());
        }
        assertEquals(last.at(702), publish(node, ROOM, "next"));
        assertEquals(List.of(ROOM), List.copyOf(node.logs().names()));
    }

    @Test
    void usedKeysAreRemembered() {
        Appended first;
        try (DurableBroker alone = alone()) {
            publish(alone, ROOM, 2);
            first = alone.append(ROOM, content("once"), Optional.of(KEY));
            alone.append(ROOM, content("other"), Optional.of(new PublishKey("a", "b")));
        }
        assertEquals("copied 1 channels, 4 messages, 2 keys", CopyToRedis.copy(settings, false));

        RedisBroker node = node();
        assertEquals(new Appended(first.position(), true), node.append(ROOM, content("once"), Optional.of(KEY)));
        assertFalse(node.append(ROOM, content("new"), Optional.of(new PublishKey("ab", "")))
                .duplicate());
    }

    @Test
    void whatIsNotRetainedStaysGone() {
        List<Position> tiny;
        Position cleared;
        try (DurableBroker alone = alone()) {
            tiny = publish(alone, TINY, 10);
            cleared = publish(alone, ROOM, 4).getLast();
            alone.clear(ROOM);
        }
        CopyToRedis.copy(settings, false);

        RedisBroker node = node();
        assertEquals(numbers(8, 10), texts(node.after(TINY, Start.EARLIEST, 10)));
        assertTrue(node.after(TINY, new Start.At(tiny.getFirst()), 10).missedAfter(tiny.getFirst()));
        assertEquals(List.of(), all(node, ROOM));
        assertFalse(node.after(ROOM, new Start.At(cleared), 10).missedAfter(cleared));
        assertEquals(cleared.at(5), publish(node, ROOM, "5"));
        publish(node, TINY, "11");
        assertEquals(numbers(9, 11), texts(node.after(TINY, Start.EARLIEST, 10)));
    }

    @Test
    void folderInUseIsRefused() {
        try (DurableBroker alone = alone()) {
            publish(alone, ROOM, 1);

            assertThrows(UnusableData.class, () -> CopyToRedis.copy(settings, false));
        }
        assertEquals("", redis.say("KEYS", "parley:{*"));
    }

    @Test
    void redisThatHasAChannelIsLeftAloneUnlessTold() {
        Position mine;
        try (DurableBroker alone = alone()) {
            mine = publish(alone, ROOM, 3).getLast();
            publish(alone, TINY, 1);
        }
        RedisBroker node = node();
        Position theirs = publish(node, ROOM, "theirs");

        var refused = assertThrows(IllegalStateException.class, () -> CopyToRedis.copy(settings, false));
        assertTrue(String.valueOf(refused.getMessage()).contains("chat:lobby"));
        assertEquals(List.of("theirs"), texts(node.after(ROOM, Start.EARLIEST, 10)));
        assertEquals(List.of(), all(node, TINY));

        CopyToRedis.copy(settings, true);
        assertEquals(numbers(1, 3), texts(node.after(ROOM, Start.EARLIEST, 10)));
        assertTrue(node.after(ROOM, new Start.At(theirs), 10).missedAfter(theirs));
        assertFalse(node.after(ROOM, new Start.At(mine), 10).missedAfter(mine));
    }

    @Test
    void channelThatIsOnlyReadInRedisIsNoObstacle() {
        try (DurableBroker alone = alone()) {
            publish(alone, ROOM, 3);
        }
        RedisBroker node = node();
        node.after(ROOM, Start.LATEST, 0); // now it has an epoch there
        CopyToRedis.copy(settings, false);

        assertEquals(numbers(1, 3), texts(node.after(ROOM, Start.EARLIEST, 10)));
    }

    @Test
    void brokenOffCopyIsBegunAnew() {
        Position last;
        try (DurableBroker alone = alone()) {
            last = publish(alone, ROOM, 3).getLast();
        }
        redis.say("XADD", "parley:{chat:lobby}:log", "1-0", "d", "\"1\"", "e", "", "f", "", "t", "1");
        CopyToRedis.copy(settings, false);

        RedisBroker node = node();
        assertEquals(numbers(1, 3), texts(node.after(ROOM, Start.EARLIEST, 10)));
        assertEquals(last.at(4), publish(node, ROOM, "4"));
    }

    @Test
    void withoutRedisNothingIsCopied() {
        alone().close();
        redis.kill();

        assertThrows(LogUnavailable.class, () -> CopyToRedis.copy(settings, false));
    }

    @Test
    void folderThatIsNotThereIsNotMade() {
        Path nowhere = folder.resolve("nowhere");

        assertThrows(IllegalStateException.class, () -> CopyToRedis.copy(settings(redis.uri(), nowhere), false));
        assertFalse(nowhere.toFile().exists());
    }
}
