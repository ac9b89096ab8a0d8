package dev.parley.redis;

import static dev.parley.contract.BrokerSuite.numbers;
import static dev.parley.contract.BrokerSuite.publish;
import static dev.parley.contract.BrokerSuite.soon;
import static dev.parley.contract.BrokerSuite.texts;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.parley.core.ChannelName;
import dev.parley.core.Content;
import dev.parley.core.LogUnavailable;
import dev.parley.core.Member;
import dev.parley.core.Position;
import dev.parley.core.Signal;
import dev.parley.core.Start;
import dev.parley.core.User;
import dev.parley.fake.RecordingPresenceWatcher;
import dev.parley.fake.RecordingWatcher;
import dev.parley.fault.RedisCluster;
import dev.parley.fault.RedisServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two nodes over Redis Cluster. */
@Timeout(120)
class RedisClusterTest {
    private static final ChannelName ROOM = new ChannelName("chat:lobby");
    private static final String LIVE = "parley:{chat:lobby}:live";

    @RegisterExtension
    private static final Started STARTED = new Started();

    private final RecordingWatcher watcher = new RecordingWatcher();
    private RedisCluster redis;
    private RedisBroker north;
    private RedisBroker south;

    @BeforeEach
    void start() {
        redis = STARTED.server(RedisCluster.start());
        north = node("north");
        south = node("south");
    }

    private RedisBroker node(String name) {
        RedisBroker broker = STARTED.node(name, redis.uri(), Duration.ofSeconds(2));
        broker.nodes().answer(question -> name + ": " + question);
        return broker;
    }

    private Position publishAtLast(String text) {
        while (true) {
            try {
                return publish(south, ROOM, text);
            } catch (LogUnavailable e) {
                soon(true, south::isAvailable); // not sent again before somebody answers
            }
        }
    }

    @Test
    void channelsAreSpreadOverTheShardsAndAnnouncedThere() {
        Map<ChannelName, RecordingWatcher> watchers = new HashMap<>();
        Set<Integer> shards = new HashSet<>();
        for (int i = 0; i < 12; i++) {
            var channel = new ChannelName("chat:" + i);
            watchers.put(channel, new RecordingWatcher());
            north.watch(channel, watchers.get(channel));
            publish(south, channel, 20);
            shards.add(redis.masterOf("parley:{chat:" + i + "}:log").port());
        }
        north.watch(ROOM, watcher);

        assertEquals(3, shards.size());
        watchers.values().forEach(each -> soon(20, () -> each.heard().size()));
        for (RedisServer master : redis.masters()) {
            boolean owner = master.port() == redis.masterOf(LIVE).port();
            assertEquals(owner ? LIVE : "", master.say("PUBSUB", "SHARDCHANNELS", "*lobby*live"));
        }
    }

    @Test
    void signalsPresenceAndQuestionsCrossNodes() {
        north.watch(ROOM, watcher);
        var content = new Content("1", "typing", "alice");
        south.send(new Signal(ROOM, content));
        soon(List.of(content), watcher::signals);

        var presence = new RecordingPresenceWatcher();
        north.presence().watch(ROOM, presence);
        soon(true, () -> ((RedisPresence) north.presence()).hasReportedAll(ROOM));
        south.presence().join(ROOM, "a1", new User("alice"));
        List<String> heard = new ArrayList<>();
        soon(List.of("+alice"), () -> {
            heard.addAll(presence.take());
            return heard;
        });
        assertEquals(
                List.of(new Member("alice", 1)),
                north.presence().members(ROOM, 10).members());

        soon(1, () -> ((RedisNodes) north.nodes()).count());
        assertEquals(List.of("south: who?"), north.nodes().ask("who?").texts());
    }

    @Test
    void channelThatMovesToAnotherShardLosesNothing() {
        north.watch(ROOM, watcher);
        publish(south, ROOM, 10);
        RedisServer owner = redis.masterOf(LIVE);
        RedisServer other = redis.masters().stream()
                .filter(master -> master.port() != owner.port())
                .findFirst()
                .orElseThrow();
        redis.move(LIVE, other);
        for (int i = 11; i <= 20; i++) {
            publishAtLast(String.valueOf(i));
        }

        assertEquals(numbers(1, 20), texts(south.after(ROOM, Start.EARLIEST, 100)));
        soon(20, () -> watcher.heard().size());
        soon(LIVE, () -> other.say("PUBSUB", "SHARDCHANNELS", "*lobby*live"));
    }

    @Test
    void lostShardRefusesItsChannelsAndNoOthers() {
        var elsewhere = new ChannelName("chat:other");
        for (int i = 0;
                redis.masterOf("parley:{" + elsewhere + "}:log").port()
                        == redis.masterOf(LIVE).port();
                i++) {
            elsewhere = new ChannelName("chat:other" + i);
        }
        north.watch(ROOM, watcher);
        publish(south, ROOM, 10);
        publish(south, elsewhere, 1);
        soon(10, () -> watcher.heard().size());
        RedisServer owner = redis.masterOf(LIVE);
        owner.pause();
        assertThrows(LogUnavailable.class, () -> publish(south, ROOM, "no"));
        publish(south, elsewhere, "2");
        owner.resume();
        publishAtLast("11");

        soon(11, () -> watcher.heard().size());
        assertEquals(numbers(1, 11), texts(north.after(ROOM, Start.EARLIEST, 100)));
    }
}
