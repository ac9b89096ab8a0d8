package dev.parley.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.wire.client.Answer;
import dev.parley.wire.client.Block;
import dev.parley.wire.client.Code;
import dev.parley.wire.client.Contract;
import dev.parley.wire.client.Doc;
import dev.parley.wire.client.Session;
import dev.parley.wire.client.SseClient;
import dev.parley.wire.client.Wire;
import dev.parley.wire.client.WsClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A node that is to go: whoever it served learns when to come back, and whoever comes new goes elsewhere. */
class DrainIT {
    private static final int RESTART = 1012;
    private static final int OVERLOADED = 1013;
    private static final String CHANNEL = "chat:lobby";
    private static final String KEY = "drain-it-key";
    private static final int CROWD = 20;

    /** Seconds. */
    private static final long LONGEST = 3600;

    private ParleyProcess parley;
    private Wire wire;

    @BeforeEach
    void start() {
        parley = ParleyProcess.start("-Dparley.admin-key=" + KEY, "-Dparley.drain=60s");
        wire = new Wire(parley.base());
    }

    @AfterEach
    void stop() {
        wire.close();
        parley.close();
    }

    @Test
    void everyTransportIsToldAndNobodyNewComesIn() {
        var socket = session("ws");
        var chat = session("chat/lobby");
        SseClient stream = SseClient.open(wire, "events/" + CHANNEL);
        stream.next();
        CompletableFuture<Answer> poll = wire.getLater("poll?wait=55&after=latest&channel=" + CHANNEL);
        Eventually.holds(() -> "three sessions and a poll", Wire.DEADLINE, this::fourRead);

        assertEquals(202, drain("drain?over=2", KEY).status());
        assertEquals(List.of(), Wire.within(poll, "the poll").expect(200).doc().value("messages"));
        assertRefusedEverywhere();

        assertTold(socket.next("closing"));
        assertEquals(RESTART, socket.client().closed());
        assertTold(chat.next("closing"));
        assertEquals(RESTART, chat.client().closed());
        Block closing = stream.event();
        assertEquals("parley.closing", closing.event());
        assertTold(closing.doc());
        assertReported(3);
        wire.get("health/live").expect(200);
    }

    @Test
    void drainIsForAdministrators() {
        wire.post("drain", "text/plain", "").expect(401);
        drain("drain", "wrong").expect(401);
        drain("drain?over=soon", KEY).problem(Code.MALFORMED);
        drain("drain?over=" + (LONGEST + 1), KEY).problem(Code.MALFORMED);
        drain("drain?over=-1", KEY).problem(Code.MALFORMED);

        wire.get("health/ready").expect(200);
    }

    @Test
    void longestTimeIsAsDescribed() {
        assertEquals(LONGEST, Contract.of(wire).greatest("/drain", "post", "over"));
        assertEquals(202, drain("drain?over=" + LONGEST, KEY).status());
    }

    @Test
    void stoppedNodeSaysGoodbyeToEverybodyAndIsQuickWithFew() {
        List<Session> crowd = new ArrayList<>();
        for (int i = 0; i < CROWD; i++) {
            crowd.add(session("ws"));
        }
        long start = System.nanoTime();
        parley.stop();

        Duration took = Duration.ofNanos(System.nanoTime() - start);
        assertTrue(took.compareTo(Duration.ofSeconds(10)) < 0, () -> "took " + took);
        for (Session session : crowd) {
            assertTold(session.next("closing"));
            assertEquals(RESTART, session.client().closed());
        }
        assertReported(CROWD);
    }

    /** Each with its own kind of refusal: sockets are told by a close, what came through a proxy by a status that it understands. */
    private void assertRefusedEverywhere() {
        for (String path : List.of("ws", "chat/lobby")) {
            try (var late = WsClient.open(wire, path)) {
                assertEquals(OVERLOADED, late.closed());
            }
        }
        for (String path : List.of("events/" + CHANNEL, "poll?channel=" + CHANNEL)) {
            assertUnavailable(wire.get(path));
        }
        Answer ready = wire.get("health/ready").expect(503);
        assertEquals("draining", ready.doc().text("reason"));
    }

    private static void assertUnavailable(Answer answer) {
        Doc problem = answer.expect(503).doc();
        assertEquals(4010, problem.number("code"));
        assertTrue(problem.flag("retry"));
        assertTrue(Integer.parseInt(answer.header("retry-after")) > 0);
    }

    private static void assertTold(Doc closing) {
        assertEquals(RESTART, closing.number("code"));
        assertTrue(closing.number("reconnect") > 0 && closing.number("reconnect") <= 1000, closing::toString);
    }

    private void assertReported(int sessions) {
        String report = "drained " + sessions + " sessions";
        Eventually.holds(
                () -> report + " in " + parley.output(),
                Wire.DEADLINE,
                () -> parley.output().stream().anyMatch(line -> line.contains(report)));
    }

    private Session session(String path) {
        var session = new Session(WsClient.open(wire, path));
        if (path.equals("ws")) {
            session.next("connected");
            session.subscribe(CHANNEL);
        }
        return session;
    }

    private boolean fourRead() {
        Doc sessions = (Doc) wire.get("health/ready").expect(200).doc().value("sessions");
        return sessions.number("websocket") == 2
                && sessions.number("sse") == 1
                && wire.get("metrics").body().contains("parley_polls_waiting 1.0");
    }

    private Answer drain(String path, String key) {
        return wire.post(path, "text/plain", "", "Authorization", "Bearer " + key);
    }
}
