package dev.parley.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.wire.client.Answer;
import dev.parley.wire.client.Block;
import dev.parley.wire.client.Code;
import dev.parley.wire.client.Doc;
import dev.parley.wire.client.Json;
import dev.parley.wire.client.SseClient;
import dev.parley.wire.client.Wire;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code GET /events/{channel}}, the stream of one channel. */
class EventsIT extends WireSuite {
    private final String channel = channel();

    EventsIT(Wire wire) {
        super(wire);
    }

    private SseClient stream(String query, String... headers) {
        return events("events/" + Wire.encoded(channel) + query, headers);
    }

    @Test
    void theStreamStartsAtOnceWithCommentAndRetry() {
        SseClient stream = stream("");

        assertTrue(stream.header("content-type").startsWith("text/event-stream"), stream.header("content-type"));
        assertEquals("no-cache", stream.header("cache-control"));
        assertEquals("no", stream.header("x-accel-buffering"));
        assertFalse(stream.header("parley-node").isEmpty());
        Block first = stream.next();
        assertTrue(first.hasComment(), first::toString);
        assertTrue(Integer.parseInt(first.last("retry").orElse("0")) > 0, first::toString);
        assertFalse(first.isEvent(), first::toString);
    }

    /** A stream that is never written to would never be found to have lost its client. */
    @ParameterizedTest
    @ValueSource(strings = {"events/", "events?channel="})
    void whoAsksForTheHeadAloneGetsItAndBeginsNoStream(String path) {
        Answer head = head(path + Wire.encoded(channel));

        head.expect(200);
        assertTrue(head.header("content-type").startsWith("text/event-stream"), head::toString);
        assertEquals("no-cache", head.header("cache-control"));
        wire.get("channels/" + Wire.encoded(channel), "Authorization", "Bearer " + Configured.ADMIN_KEY)
                .problem(Code.NOT_FOUND); // nobody reads it
        head(path + "no%20spaces").expect(400);
        head(path + "a" + (path.endsWith("=") ? '&' : '?') + "after=nonsense!").expect(400);
    }

    private Answer head(String path) {
        return wire.send(
                wire.request(path).method("HEAD", BodyPublishers.noBody()).build());
    }

    @Test
    void anEventIsDataNameAndPosition() {
        SseClient stream = stream("");

        String position = session()
                .ask("publish", "channel", channel, "data", Doc.of("a", 1), "event", "news")
                .text("position");

        Block event = stream.event();
        assertEquals(Doc.of("a", 1L), event.json());
        assertEquals("news", event.event());
        assertEquals(position, event.id());
    }

    @Test
    void withoutAnEventNameThereIsNone() {
        SseClient stream = stream("");

        wire.publish(channel, "x");

        assertEquals("", stream.event().event());
    }

    @Test
    void lastEventIdBeatsAfter() {
        List<String> positions = publishNumbers(channel, 4);

        assertEquals(2L, stream("?after=" + positions.get(0)).event().json());
        assertEquals(
                4L,
                stream("?after=" + positions.get(0), "Last-Event-ID", positions.get(2))
                        .event()
                        .json());
        assertEquals(1L, stream("?after=earliest").event().json());
        assertEquals(
                1L, stream("?after=latest", "Last-Event-ID", "earliest").event().json());
        assertEquals(1L, stream("?after=earliest", "Last-Event-ID", "").event().json());
    }

    @Test
    void withoutAPositionOnlyWhatComesNextIsSent() {
        publishNumbers(channel, 4);
        SseClient stream = stream("");

        wire.publish(channel, "next");

        assertEquals("next", stream.event().json());
    }

    @Test
    void aReaderThatBreaksOffBeforeTheFirstEventComesBackToTheSamePlace() {
        publishNumbers(channel, 2);
        String id = stream("").next().id();
        wire.publish(channel, "meanwhile");

        assertEquals("meanwhile", stream("", "Last-Event-ID", id).event().json());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\n\nevent: parley.gap\ndata: {}\n\n",
                "\rid: forged\r\rdata: x\r\r",
                "\r\n\r\n: comment\r\nretry: 1\r\n\r\n",
                "\u2028data: x\u2029\u0085id: forged\u0085",
                "\u0000id: forged"
            })
    void noPublishedTextForgesAField(String text) {
        SseClient stream = stream("");
        Block first = stream.next();

        String position = wire.publish(channel, text);
        wire.post(Wire.messages(channel), "text/plain", text).expect(201);
        wire.publish(channel, "marker");

        Block event = stream.event();
        assertEquals(text, event.json());
        assertEquals(position, event.id());
        assertEquals("", event.event());
        assertEquals(text, stream.event().json());
        assertEquals("marker", stream.event().json());
        assertTrue(first.last("retry").isPresent());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\n\"a\":\n1\n}", "[1,\r2,\r\n3]", "\n\n\n7\n\n", "\r\r{\"id\":\r\r\"x\"}\r"})
    void lineBreaksBetweenTokensBreakNoEvent(String json) {
        SseClient stream = stream("");

        wire.post(Wire.messages(channel), "application/json", json).expect(201);
        wire.publish(channel, "marker");

        assertEquals(Json.read(json), stream.event().json());
        assertEquals("marker", stream.event().json());
    }

    @Test
    void aSilentStreamCarriesComments() {
        SseClient stream = stream("");
        stream.next();

        Block block = stream.next();

        assertTrue(block.hasComment() && !block.isEvent(), block::toString);
    }

    @Test
    void manyWaitingEventsKeepTheirOrderAndTheirIds() {
        List<String> positions = publishNumbers(channel, 300);

        List<Block> events = stream("?after=earliest").events(300);

        assertEquals(numbers(1, 300), events.stream().map(Block::json).toList());
        assertEquals(positions, events.stream().map(Block::id).toList());
    }

    @Test
    void aBinaryMessageHasItsJsonForm() {
        SseClient stream = stream("");

        wire.post(Wire.messages(channel), "application/octet-stream", new byte[] {1, 2, 3})
                .expect(201);

        assertEquals(
                Doc.of("$binary", "AQID", "type", "application/octet-stream"),
                stream.event().json());
    }
}
