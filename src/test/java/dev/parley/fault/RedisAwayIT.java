package dev.parley.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.fault.breaking.Relay;
import dev.parley.wire.client.Answer;
import dev.parley.wire.client.Code;
import dev.parley.wire.client.Doc;
import dev.parley.wire.client.Session;
import dev.parley.wire.client.SseClient;
import dev.parley.wire.client.Wire;
import dev.parley.wire.client.WsClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the clients of nodes see while their Redis is away, and when it is back, or empty. */
@Timeout(120)
class RedisAwayIT {
    private static final String CHANNEL = "chat:lobby";
    private static final Duration TIMEOUT = Duration.ofMillis(500);
    private static final Duration HEARTBEAT = Duration.ofSeconds(1);
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private static ParleyProcess node(RedisServer redis) {
        return node(redis.port());
    }

    private static ParleyProcess node(int redis) {
        return ParleyProcess.start(
                "-Dparley.redis=redis://127.0.0.1:" + redis,
                "-Dparley.redis.timeout=" + TIMEOUT.toMillis() + "ms",
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

    /** Its readers would not notice that something is missing, and so it must take in nobody who asks for what comes next. */
    @Test
    void nodeThatIsCutOffFromRedisRefusesAndItsReadersGetWhatTheyMissed() {
        try (var redis = RedisServer.start();
                var relay = new Relay();
                var here = leadingTo(redis, relay);
                var there = node(redis);
                var wire = new Wire(here.base());
                var elsewhere = new Wire(there.base());
                var socket = connect(wire);
                var other = connect(wire);
                var stream = SseClient.open(wire, "events/" + CHANNEL)) {
            socket.subscribe(CHANNEL);
            elsewhere.publish(CHANNEL, 1);
            arrives(1, socket, stream);

            relay.become(new Relay.Weather.Still());
            assertPublishesAreRefused(other, wire);
            elsewhere.publish(CHANNEL, 2);
            awaitReady(503, wire);
            assertPublishesAreRefused(other, wire);
            assertNewReadersAreRefused(other, wire);
            elsewhere.publish(CHANNEL, 3);
            awaitSignsOfLife(socket, stream);
            relay.clearUp();

            arrives(2, socket, stream);
            arrives(3, socket, stream);
            awaitReady(200, wire);
            wire.publish(CHANNEL, 4);
            arrives(4, socket, stream);
        }
    }

    private static ParleyProcess leadingTo(RedisServer redis, Relay relay) {
        relay.leadTo(redis.port());
        return node(relay.port());
    }

    private static Session connect(Wire wire) {
        var session = new Session(WsClient.open(wire, "ws"));
        session.next("connected");
        return session;
    }

    /** Both are under way together, so that both wait if one does. */
    private static void assertPublishesAreRefused(Session session, Wire wire) {
        long start = System.nanoTime();
        CompletableFuture<Answer> answer = wire.later(wire.request(Wire.messages(CHANNEL), "Content-Type", "text/plain")
                .POST(BodyPublishers.ofString("refused"))
                .build());
        session.error(Code.LOG_UNAVAILABLE, session.send("publish", "channel", CHANNEL, "data", "refused"));
        Wire.within(answer, "a refusal").problem(Code.LOG_UNAVAILABLE);
        var took = Duration.ofNanos(System.nanoTime() - start);
        assertTrue(took.compareTo(TIMEOUT.plusSeconds(1)) < 0, took::toString);
    }

    private static void assertNewReadersAreRefused(Session session, Wire wire) {
        session.error(Code.LOG_UNAVAILABLE, session.send("subscribe", "channel", CHANNEL));
        session.error(Code.LOG_UNAVAILABLE, session.send("subscribe", "channel", CHANNEL, "after", "latest"));
        wire.get("poll?channel=" + CHANNEL).problem(Code.LOG_UNAVAILABLE);
        wire.get("events/" + CHANNEL).problem(Code.LOG_UNAVAILABLE);
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
