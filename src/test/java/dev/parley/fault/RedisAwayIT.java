package dev.parley.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.wire.client.Code;
import dev.parley.wire.client.Doc;
import dev.parley.wire.client.Session;
import dev.parley.wire.client.SseClient;
import dev.parley.wire.client.Wire;
import dev.parley.wire.client.WsClient;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the clients of nodes see while their Redis is away, and when it is back, or empty. */
@Timeout(120)
class RedisAwayIT {
    private static final String CHANNEL = "chat:lobby";
    private static final Duration HEARTBEAT = Duration.ofSeconds(1);
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private static ParleyProcess node(RedisServer redis) {
        return ParleyProcess.start(
                "-Dparley.redis=" + redis.uri(),
                "-Dparley.redis.timeout=500ms",
                "-Dparley.heartbeat=" + HEARTBEAT.toSeconds() + "s",
                "-Dparley.namespace.default.slow-reader=gap");
    }

    @Test
    void readersStayAndGetWhatTheyMissed() {
        try (var redis = RedisServer.start("--appendonly", "yes");
                var here = node(redis);
                var there = node(redis);
                var wire = new Wire(here.base());
                var elsewhere = new Wire(there.base());
                var socket = new Session(WsClient.open(wire, "ws"));
                var stream = SseClient.open(wire, "events/" + CHANNEL)) {
            socket.next("connected");
            socket.subscribe(CHANNEL);
            elsewhere.publish(CHANNEL, 1);
            arrives(1, socket, stream);

            redis.kill();
            awaitReady(503, wire);
            awaitSignsOfLife(socket, stream);
            socket.error(Code.LOG_UNAVAILABLE, socket.send("publish", "channel", CHANNEL, "data", 0));
            socket.error(Code.LOG_UNAVAILABLE, socket.send("subscribe", "channel", "chat:other"));
            awaitReady(503, elsewhere);
            redis.restart();
            awaitReady(200, elsewhere);
            elsewhere.publish(CHANNEL, 2);

            arrives(2, socket, stream);
        }
    }

    @Test
    void readersOfAnEmptiedRedisAreToldOfTheGap() {
        try (var redis = RedisServer.start();
                var here = node(redis);
                var wire = new Wire(here.base());
                var socket = new Session(WsClient.open(wire, "ws"));
                var stream = SseClient.open(wire, "events/" + CHANNEL)) {
            socket.next("connected");
            socket.subscribe(CHANNEL);
            wire.publish(CHANNEL, 1);
            arrives(1, socket, stream);

            redis.say("FLUSHALL");
            wire.publish(CHANNEL, 2);

            assertEquals(CHANNEL, socket.next("gap").text("channel"));
            assertEquals("parley.gap", stream.event().event());
            arrives(2, socket, stream);
        }
    }

    private static void arrives(long number, Session socket, SseClient stream) {
        assertEquals(number, socket.next("message").value("data"));
        assertEquals(number, stream.event().json());
    }

    /** Some may have been sent before; after two heartbeats there are others. */
    private static void awaitSignsOfLife(Session socket, SseClient stream) {
        long start = System.nanoTime();
        while (System.nanoTime() - start < HEARTBEAT.multipliedBy(2).toNanos()) {
            socket.client()
                    .text()
                    .lines()
                    .forEach(line -> assertEquals("ping", Doc.read(line).type()));
            assertTrue(stream.next().hasComment());
        }
    }

    private static void awaitReady(int status, Wire wire) {
        Eventually.holds(
                () -> status + ", but " + wire.get("health/ready"),
                DEADLINE,
                () -> wire.get("health/ready").status() == status);
    }
}
