package dev.parley.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.wire.client.Answer;
import dev.parley.wire.client.Code;
import dev.parley.wire.client.Doc;
import dev.parley.wire.client.Session;
import dev.parley.wire.client.SseClient;
import dev.parley.wire.client.Wire;
import dev.parley.wire.client.WsClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Redis stands still while more clients publish, or begin streams, than the container has threads: no wait for it holds one. */
@Timeout(180)
class FrozenRedisIT {
    private static final String CHANNEL = "chat:lobby";
    private static final int CLIENTS = 2 * PayaraHost.THREADS; // of each kind

    /** What each client sends ahead. */
    private static final int COMMANDS = 20;

    /** Longer than the test waits for anything: what is answered meanwhile was not waiting for Redis. */
    private static final Duration TIMEOUT = Wire.DEADLINE.multipliedBy(3);

    private final List<Session> sessions = new ArrayList<>();

    @Test
    void othersAreAnsweredByPayaraWhilePublishersWait() {
        assertOthersAreAnswered(ParleyProcess::startInPayara);
    }

    @Test
    void othersAreAnsweredByTheEmbeddedServerWhilePublishersWait() {
        assertOthersAreAnswered(ParleyProcess::start);
    }

    private void assertOthersAreAnswered(Function<String[], ParleyProcess> start) {
        try (var redis = RedisServer.start();
                var parley = start.apply(new String[] {
                    "-Dparley.redis=" + redis.uri(), "-Dparley.redis.timeout=" + TIMEOUT.toSeconds() + "s"
                });
                var wire = new Wire(parley.base())) {
            wire.publish(CHANNEL, "first");
            for (int i = 0; i < CLIENTS; i++) {
                sessions.add(connect(wire));
            }
            redis.pause();
            List<CompletableFuture<Answer>> answers = publishOverHttp(wire);
            List<List<Long>> commands = publishOverWebSocket();

            try (Session other = connect(wire)) {
                for (int i = 0; i < CLIENTS; i++) {
                    wire.get("health/live").expect(200);
                    wire.get("openapi.yaml").expect(200);
                }
                other.error(Code.MALFORMED, other.send("nonsense"));
            }
            assertTrue(answers.stream().noneMatch(CompletableFuture::isDone), "all are waiting");

            redis.resume();
            answers.forEach(answer -> Wire.within(answer, "a publish").expect(201));
            for (int i = 0; i < CLIENTS; i++) {
                for (long command : commands.get(i)) {
                    assertEquals("published", sessions.get(i).reply(command).type());
                }
            }
            assertStored(wire, 1 + CLIENTS + CLIENTS * COMMANDS);
        } finally {
            sessions.forEach(Session::close);
        }
    }

    private static void assertStored(Wire wire, int count) {
        String next = wire.publish(CHANNEL, "next");
        assertEquals(count + 1, Integer.parseInt(next.substring(next.indexOf('-') + 1)));
    }

    @Test
    void aTomcatThatOthersRunRefusesWhatAClientSendsTooFarAhead() {
        try (var redis = RedisServer.start();
                var parley = ParleyProcess.startInTomcat(
                        "-Dparley.redis=" + redis.uri(),
                        "-Dparley.redis.timeout=" + TIMEOUT.toSeconds() + "s",
                        "-Dparley.command-backlog=10KiB");
                var wire = new Wire(parley.base());
                Session ahead = connect(wire)) {
            redis.pause();
            List<Long> commands = publish(ahead, "x".repeat(1000), 100);
            Doc last = ahead.error(Code.TOO_MANY_REQUESTS, commands.getLast());
            assertTrue(last.number("after") > 0, last::toString);

            redis.resume();
            int stored = 0;
            for (long command : commands.subList(0, commands.size() - 1)) {
                Doc reply = ahead.reply(command);
                boolean published = reply.type().equals("published");
                assertTrue(published || reply.number("code") == Code.TOO_MANY_REQUESTS.number(), reply::toString);
                stored += published ? 1 : 0;
            }
            assertTrue(stored >= 8, "one under way and 8 that have room, but " + stored);
            assertStored(wire, stored);
        }
    }

    private static Session connect(Wire wire) {
        var session = new Session(WsClient.open(wire, "ws"));
        session.next("connected");
        return session;
    }

    @Test
    void othersAreAnsweredByPayaraWhileStreamsWaitForTheirBeginning() {
        try (var redis = RedisServer.start();
                var parley = ParleyProcess.startInPayara(
                        "-Dparley.redis=" + redis.uri(), "-Dparley.redis.timeout=" + TIMEOUT.toSeconds() + "s");
                var wire = new Wire(parley.base())) {
            String position = wire.publish(CHANNEL, "first");
            redis.pause();
            var streams = new ArrayList<CompletableFuture<SseClient>>();
            for (int i = 0; i < CLIENTS; i++) {
                streams.add(CompletableFuture.supplyAsync(
                        () -> SseClient.open(wire, "events/" + CHANNEL + "?after=" + position),
                        Thread::startVirtualThread));
            }
            Eventually.holds(
                    () -> "not all wait: " + wire.get("health/ready"),
                    Wire.DEADLINE,
                    () -> wire.get("health/ready").doc().doc("sessions").number("sse") == CLIENTS);
            assertTrue(streams.stream().noneMatch(CompletableFuture::isDone), "all are waiting");

            redis.resume();
            List<SseClient> begun = streams.stream()
                    .map(stream -> Wire.within(stream, "a stream"))
                    .toList();
            wire.publish(CHANNEL, "second");
            begun.forEach(stream -> assertEquals("second", stream.event().json()));
            begun.forEach(SseClient::close);

            redis.kill();
            Eventually.holds(
                    () -> "not known to be away",
                    Wire.DEADLINE,
                    () -> wire.get("health/ready").status() == 503);
            wire.get("events/" + CHANNEL).problem(Code.LOG_UNAVAILABLE);
            wire.get("events?channel=a&channel=b&presence=true").problem(Code.LOG_UNAVAILABLE);
        }
    }

    private static List<CompletableFuture<Answer>> publishOverHttp(Wire wire) {
        var answers = new ArrayList<CompletableFuture<Answer>>();
        for (int i = 0; i < CLIENTS; i++) {
            answers.add(wire.later(wire.request(Wire.messages(CHANNEL))
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(String.valueOf(i)))
                    .build()));
        }
        return answers;
    }

    private List<List<Long>> publishOverWebSocket() {
        return sessions.stream().map(session -> publish(session, "x", COMMANDS)).toList();
    }

    private static List<Long> publish(Session session, String data, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> session.send("publish", "channel", CHANNEL, "data", data))
                .toList();
    }
}
