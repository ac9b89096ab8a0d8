package dev.parley.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.wire.client.Answer;
import dev.parley.wire.client.Code;
import dev.parley.wire.client.SseClient;
import dev.parley.wire.client.Wire;
import dev.parley.wire.client.WsClient;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** More connections than there may be: told so in the way of their transport, and welcome when another one has left. */
class ConnectionLimitIT {
    private static final int OVERLOADED = 1013;
    private static final String CHANNEL = "chat:lobby";

    private ParleyProcess parley;
    private Wire wire;

    @BeforeEach
    void start() {
        parley = ParleyProcess.start("-Dparley.connections=3");
        wire = new Wire(parley.base());
    }

    @AfterEach
    void stop() {
        wire.close();
        parley.close();
    }

    @Test
    void everyTransportTakesAPlaceAndGivesItBack() {
        WsClient socket = connected();
        SseClient stream = SseClient.open(wire, "events/" + CHANNEL);
        stream.next();
        CompletableFuture<Answer> poll = longPoll();
        Eventually.holds(() -> "full", Wire.DEADLINE, () -> refused("poll?channel=" + CHANNEL));
        assertFull();
        assertReady();

        socket.closeAndWait(); // its place is free a moment after the close has been answered
        Eventually.holds(() -> "room for the next", Wire.DEADLINE, () -> !refused("poll?channel=" + CHANNEL));
        WsClient next = connected();
        assertFull();

        wire.publish(CHANNEL, "for the poll and the stream");
        assertEquals(
                1,
                Wire.within(poll, "the poll").expect(200).doc().docs("messages").size());
        assertEquals("for the poll and the stream", stream.event().json());
        SseClient second = SseClient.open(wire, "events/" + CHANNEL);
        second.next();
        assertFull();

        stream.close();
        // only when something is written does it show that a stream has gone
        Eventually.holds(() -> "room for a poll", Wire.DEADLINE, () -> {
            wire.publish(CHANNEL, "is anybody there");
            return !refused("poll?channel=" + CHANNEL);
        });
        second.close();
        next.close();
    }

    private WsClient connected() {
        var socket = WsClient.open(wire, "ws");
        assertTrue(socket.text().contains("connected"));
        return socket;
    }

    /** Comes again when it finds somebody in the last place, who only looked whether there is one. */
    private CompletableFuture<Answer> longPoll() {
        return wire.getLater("poll?wait=55&after=latest&channel=" + CHANNEL)
                .thenCompose(answer -> answer.status() == 429 ? longPoll() : CompletableFuture.completedFuture(answer));
    }

    private void assertFull() {
        for (String path : new String[] {"ws", CHANNEL.replace(':', '/')}) {
            try (var late = WsClient.open(wire, path)) {
                assertEquals(OVERLOADED, late.closed());
            }
        }
        for (String path : List.of("events/" + CHANNEL, "poll?channel=" + CHANNEL)) {
            Answer refused = wire.get(path);
            refused.problem(Code.LIMIT);
            int seconds = Integer.parseInt(refused.header("retry-after"));
            assertTrue(seconds >= 1 && seconds <= 5, refused::toString);
        }
    }

    /** Full is not ill: a proxy that took it out would send everybody to the next full one. */
    private void assertReady() {
        wire.get("health/ready").expect(200);
    }

    private boolean refused(String path) {
        int status = wire.get(path).status();
        assertTrue(status == 200 || status == 429, () -> "status " + status);
        return status == 429;
    }
}
