package dev.parley.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.wire.client.Answer;
import dev.parley.wire.client.RawFrames;
import dev.parley.wire.client.RawSocket;
import dev.parley.wire.client.Session;
import dev.parley.wire.client.Wire;
import dev.parley.wire.client.WsClient;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A node that has too much to do refuses new clients, in the way of their transport, and serves on those it has. */
class OverloadIT {
    private static final int OVERLOADED = 1013;
    private static final String CHANNEL = "chat:lobby";
    private static final int MESSAGES = 100;

    /** A frame of commands that wait for nothing and ask for no answer: only the processor's time is what they take. */
    private static final String WORK = "{\"type\":\"connect\"}\n".repeat(10_000);

    private static final int FRAMES = 32;

    /** Far longer than a machine that is busy with other things lets a thread wait. */
    private static final String LAG = "-Dparley.overload-lag=500ms";

    private static final Duration PATIENCE = Wire.DEADLINE.multipliedBy(6);

    /** A limit that every node is above once its heap has been collected, and a heap that is not collected while it starts. */
    private static final String[] SMALL_LIMIT = {
        "-XX:+UseSerialGC", "-Xmx256m", "-XX:MetaspaceSize=200m", "-Dparley.overload-heap=1"
    };

    @Test
    void fullHeapKeepsNewClientsOutAndOldOnesServed() {
        try (var parley = ParleyProcess.start(SMALL_LIMIT);
                var wire = new Wire(parley.base());
                var old = new Session(WsClient.open(wire, "ws"))) {
            old.next("connected");
            old.subscribe(CHANNEL);
            new Vitals(parley, wire).heap(); // collects
            Eventually.holds(
                    () -> "overloaded: " + wire.get("health/ready"),
                    Wire.DEADLINE,
                    () -> wire.get("health/ready").status() == 503);
            assertTrue(wire.get("health/ready").doc().text("reason").startsWith("overloaded: heap "));

            try (var late = WsClient.open(wire, "ws")) {
                assertEquals(OVERLOADED, late.closed());
            }
            for (String path : List.of("events/" + CHANNEL, "poll?channel=" + CHANNEL)) {
                assertRetry(wire.get(path));
            }
            wire.publish(CHANNEL, "for who is inside");
            assertEquals("for who is inside", old.next("message").text("data"));
            wire.get("health/live").expect(200);
            assertTrue(parley.output().stream().anyMatch(line -> line.contains("turned away: overloaded: heap ")));
        }
    }

    /**
     * One carrier for all virtual threads, and a client that keeps it busy: what that sends ahead is done at one go, as nobody takes
     * the carrier away from a thread that does not wait. It sends twice as much each time, until that takes long enough.
     */
    @Test
    void writersThatWaitKeepNewClientsOutAsLongAsTheyDo() {
        try (var parley = ParleyProcess.start("-Djdk.virtualThreadScheduler.parallelism=1", LAG);
                var wire = new Wire(parley.base())) {
            awaitReady(wire);
            try (var old = new Session(WsClient.open(wire, "ws"));
                    var busy = new RawSocket(wire, 0)) {
                old.next("connected");
                old.subscribe(CHANNEL);
                RawFrames frames = busy.upgraded("ws");
                var ahead = new AtomicInteger(FRAMES);
                Eventually.holds(
                        () -> "overloaded by " + ahead + " frames",
                        PATIENCE,
                        () -> reason(wire, frames, ahead.getAndUpdate(count -> 2 * count))
                                .startsWith("overloaded: writers wait "));

                for (int i = 0; i < MESSAGES; i++) {
                    old.tell("publish", "channel", CHANNEL, "data", i);
                }
                assertEquals(MESSAGES, old.messages(MESSAGES).size());
                awaitReady(wire);
            }
        }
    }

    private static void awaitReady(Wire wire) {
        Eventually.holds(
                () -> "relieved: " + wire.get("health/ready"),
                PATIENCE,
                () -> wire.get("health/ready").status() == 200);
    }

    /** @return why the node is not ready once it has done so much work, or nothing if it is */
    private static String reason(Wire wire, RawFrames client, int frames) {
        for (int i = 0; i < frames; i++) {
            client.text(WORK);
        }
        Answer ready = Eventually.result("health", PATIENCE, wire.getLater("health/ready"));
        return ready.status() == 503 ? ready.doc().text("reason") : "";
    }

    /** What a proxy gets, which then asks the next node. */
    @Test
    void handshakeThroughAProxyIsRefusedByStatus() {
        try (var parley = ParleyProcess.start(SMALL_LIMIT);
                var wire = new Wire(parley.base())) {
            new Vitals(parley, wire).heap();
            Eventually.holds(
                    () -> "overloaded",
                    Wire.DEADLINE,
                    () -> wire.get("health/ready").status() == 503);
            try (var raw = new RawSocket(wire, 0)) {
                assertRetry(raw.handshake("ws", "X-Forwarded-For: 192.0.2.1", "X-Forwarded-Proto: http"));
            }
        }
    }

    private static void assertRetry(Answer answer) {
        assertEquals(4010, answer.expect(503).doc().number("code"));
        assertTrue(Integer.parseInt(answer.header("retry-after")) > 0, answer::toString);
    }
}
