package dev.parley.redis;

import static dev.parley.contract.BrokerSuite.publish;
import static dev.parley.contract.BrokerSuite.soon;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parley.core.ChannelName;
import dev.parley.core.Content;
import dev.parley.core.Signal;
import dev.parley.core.Start;
import dev.parley.fake.RecordingWatcher;
import dev.parley.fault.RedisServer;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Signals between two nodes. */
@Timeout(60)
class RedisSignalsTest {
    private static final ChannelName ROOM = new ChannelName("chat:lobby");
    private static final ChannelName OTHER_ROOM = new ChannelName("chat:cellar");
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    @RegisterExtension
    private static final Started STARTED = new Started();

    private final RecordingWatcher northern = new RecordingWatcher();
    private final RecordingWatcher southern = new RecordingWatcher();
    private RedisServer redis;
    private RedisBroker north;
    private RedisBroker south;

    @BeforeEach
    void start() {
        redis = STARTED.server(RedisServer.start());
        north = STARTED.node("north", redis.uri(), TIMEOUT);
        south = STARTED.node("south", redis.uri(), TIMEOUT);
    }

    @Test
    void reachReadersOnAllNodesInTheOrderSent() {
        north.watch(ROOM, northern);
        south.watch(ROOM, southern);
        List<Content> sent = IntStream.range(0, 200)
                .mapToObj(i -> new Content("{\"typing\":" + i + "}", "tippt …", "Zoë"))
                .toList();
        sent.forEach(content -> north.send(new Signal(ROOM, content)));

        soon(sent, southern::signals);
        soon(sent, northern::signals);
    }

    @Test
    void reachNobodyElseAndAreNotStored() {
        north.watch(OTHER_ROOM, northern);
        south.watch(ROOM, southern);
        north.send(new Signal(ROOM, new Content("1", "", "")));
        soon(1, () -> southern.signals().size());
        var marker = new Content("2", "", "");
        south.send(new Signal(OTHER_ROOM, marker));

        soon(List.of(marker), northern::signals);
        assertEquals(0, south.after(ROOM, Start.LATEST, 0).head().offset());
        assertEquals("", redis.say("KEYS", "*log*"));
    }

    @Test
    void disturbNoMessages() {
        south.watch(ROOM, southern);
        for (int i = 0; i < 50; i++) {
            north.send(new Signal(ROOM, new Content("1", "", "")));
            publish(north, ROOM, "m");
        }

        soon(50, () -> southern.heard().size());
        soon(50, () -> southern.signals().size());
    }

    @Test
    void areDroppedWhileRedisIsAway() {
        south.watch(ROOM, southern);
        redis.kill();
        soon(false, north::isInTouch);
        north.send(new Signal(ROOM, new Content("1", "", "")));
        redis.restart();
        soon(true, north::isAvailable);
        soon(true, south::isAvailable);
        var marker = new Content("2", "", "");
        north.send(new Signal(ROOM, marker));

        soon(List.of(marker), southern::signals);
    }
}
