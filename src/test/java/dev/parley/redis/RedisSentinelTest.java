package dev.parley.redis;

import static dev.parley.contract.BrokerSuite.numbers;
import static dev.parley.contract.BrokerSuite.publish;
import static dev.parley.contract.BrokerSuite.soon;
import static dev.parley.contract.BrokerSuite.texts;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parley.core.ChannelName;
import dev.parley.core.LogUnavailable;
import dev.parley.core.Position;
import dev.parley.core.Start;
import dev.parley.fake.RecordingWatcher;
import dev.parley.fault.RedisServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two nodes that ask Sentinel who is the master, and what happens when that one is lost. */
@Timeout(120)
class RedisSentinelTest {
    private static final ChannelName ROOM = new ChannelName("chat:lobby");

    @RegisterExtension
    private static final Started STARTED = new Started();

    private final RecordingWatcher watcher = new RecordingWatcher();
    private RedisServer master;
    private RedisServer replica;
    private RedisServer sentinel;
    private RedisBroker north;
    private RedisBroker south;

    @BeforeEach
    void start() {
        master = STARTED.server(RedisServer.start("--repl-diskless-sync-delay", "0"));
        replica = STARTED.server(RedisServer.start("--replicaof", "127.0.0.1", String.valueOf(master.port())));
        sentinel = STARTED.server(RedisServer.sentinel(master));
        soon("1", () -> sentinel.say("SENTINEL", "REPLICAS", "main").contains("slave") ? "1" : "0");
        String uri = "redis-sentinel://127.0.0.1:" + sentinel.port() + "#main";
        north = STARTED.node("north", uri, Duration.ofSeconds(2));
        south = STARTED.node("south", uri, Duration.ofSeconds(2));
    }

    @Test
    void replicaThatTakesOverGoesOnWithTheLog() {
        north.watch(ROOM, watcher);
        List<Position> positions = new ArrayList<>(publish(south, ROOM, 10));
        awaitReplica(10);
        master.kill();
        positions.add(publishAtLast("11"));

        soon(positions, watcher::positions);
        assertEquals(positions.getFirst().at(11), positions.getLast());
        assertEquals("role:master", role(replica));
        soon(true, north::isAvailable);
        assertEquals(numbers(1, 11), texts(north.after(ROOM, Start.EARLIEST, 100)));
    }

    @Test
    void masterThatOnlyStoodStillComesBackAsAReplicaAndChangesNothing() {
        north.watch(ROOM, watcher);
        publish(south, ROOM, 10);
        awaitReplica(10);
        master.pause();
        soon("role:master", () -> role(replica));
        master.resume();
        soon("role:slave", () -> role(master));
        publishAtLast("11");

        soon(11, () -> watcher.heard().size());
        assertEquals(numbers(1, 11), texts(south.after(ROOM, Start.EARLIEST, 100)));
    }

    /** By what it has: {@code WAIT} knows of no writes but those of its own connection. */
    private void awaitReplica(int messages) {
        soon(String.valueOf(messages), () -> replica.say("XLEN", new Keys("parley").log(ROOM)));
    }

    private static String role(RedisServer server) {
        return server.say("INFO", "replication")
                .lines()
                .filter(line -> line.startsWith("role:"))
                .findFirst()
                .orElse("")
                .strip();
    }

    private Position publishAtLast(String text) {
        Optional<Position> stored = Optional.empty();
        while (stored.isEmpty()) {
            soon(true, south::isAvailable);
            stored = tryToPublish(text);
        }
        return stored.get();
    }

    /** Empty if it was stored on neither: the deadline went by, or the connection was refused. */
    private Optional<Position> tryToPublish(String text) {
        try {
            return Optional.of(publish(south, ROOM, text));
        } catch (LogUnavailable e) {
            return Optional.empty();
        }
    }
}
