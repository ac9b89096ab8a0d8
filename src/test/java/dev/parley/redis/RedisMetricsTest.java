package dev.parley.redis;

import static dev.parley.contract.BrokerSuite.publish;
import static dev.parley.contract.BrokerSuite.soon;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.core.ChannelName;
import dev.parley.core.LogUnavailable;
import dev.parley.core.Metrics;
import dev.parley.core.Namespace;
import dev.parley.core.Start;
import dev.parley.fault.RedisServer;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a node tells an operator of its Redis. */
@Timeout(60)
class RedisMetricsTest implements Metrics {
    private static final ChannelName ROOM = new ChannelName("chat:lobby");

    @RegisterExtension
    private static final Started STARTED = new Started();

    private final List<String> told = new CopyOnWriteArrayList<>();
    private RedisServer redis;
    private RedisBroker node;

    @Override
    public void took(Work work, long nanos) {
        assertTrue(nanos > 0 && nanos < Duration.ofSeconds(60).toNanos(), () -> nanos + " ns");
        told.add(work.name());
    }

    @Override
    public void failed(Work work) {
        told.add("failed " + work);
    }

    @BeforeEach
    void start() {
        redis = STARTED.server(RedisServer.start());
        var options = new RedisOptions(Address.parse(redis.uri()), "parley", Duration.ofSeconds(1), 100);
        node = STARTED.node("node", options, channel -> Namespace.DEFAULT, Clock.systemUTC(), this);
    }

    @Test
    void appendsAndReadsAreTimed() {
        publish(node, ROOM, "1"); // asks twice, as the channel is new
        publish(node, ROOM, "2");
        node.after(ROOM, Start.EARLIEST, 10);

        assertEquals(List.of("REDIS_APPEND", "REDIS_APPEND", "REDIS_APPEND", "REDIS_READ"), told);
    }

    @Test
    void failuresAreCounted() {
        redis.kill();
        soon(false, node::isInTouch);
        assertThrows(LogUnavailable.class, () -> publish(node, ROOM, "1"));
        assertThrows(LogUnavailable.class, () -> node.after(ROOM, Start.EARLIEST, 10));

        assertEquals(List.of("failed REDIS_APPEND", "failed REDIS_READ"), told);
    }
}
