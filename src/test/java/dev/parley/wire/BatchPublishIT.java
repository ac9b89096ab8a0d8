package dev.parley.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.wire.client.Code;
import dev.parley.wire.client.Doc;
import dev.parley.wire.client.Json;
import dev.parley.wire.client.Session;
import dev.parley.wire.client.Wire;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code POST /batch}: many messages in one request. */
class BatchPublishIT extends WireSuite {
    private final String channel = channel();

    BatchPublishIT(Wire wire) {
        super(wire);
    }

    private List<Doc> publish(Object... items) {
        return results(Json.write(List.of(items)));
    }

    private List<Doc> results(String batch) {
        String body = wire.post("batch?name=Alice", "application/json", batch)
                .expect(200)
                .body();
        return ((List<?>) Json.read(body)).stream().map(Doc.class::cast).toList();
    }

    @Test
    void resultsComeInTheOrderOfTheMessages() {
        String other = channel();
        Session reader = session();
        reader.subscribe(channel);

        List<Doc> results = publish(
                Doc.of("channel", channel, "data", 1, "event", "note"),
                Doc.of("channel", other, "data", 2),
                Doc.of("channel", channel, "data", 3));

        List<Doc> messages = reader.messages(2);
        assertEquals(List.of(1L, 3L), data(messages));
        assertEquals("note", messages.getFirst().text("event"));
        assertEquals("Alice", messages.getFirst().text("from"));
        assertEquals(messages.getFirst().text("position"), results.getFirst().text("position"));
        assertEquals(messages.getLast().text("position"), results.getLast().text("position"));
        assertEquals(List.of(2L), data(session().history(other).docs("messages")));
    }

    @Test
    void aBadMessageSpoilsOnlyItself() {
        List<Doc> results = publish(
                Doc.of("channel", channel, "data", 1),
                Doc.of("channel", "no spaces", "data", 2),
                Doc.of("channel", channel),
                Doc.of("channel", "sys:x", "data", 4),
                Doc.of("channel", channel, "data", "x".repeat(Configured.MESSAGE_SIZE)),
                "no object",
                Doc.of("channel", channel, "data", 5));

        List<Code> codes =
                List.of(Code.BAD_CHANNEL, Code.MALFORMED, Code.NOT_PERMITTED, Code.TOO_LARGE, Code.MALFORMED);
        for (int i = 0; i < codes.size(); i++) {
            Doc problem = results.get(i + 1);
            assertEquals(codes.get(i).number(), problem.number("code"), problem::toString);
            assertEquals(codes.get(i).httpStatus(), problem.number("status"), problem::toString);
            assertEquals(codes.get(i).text(), problem.text("title"), problem::toString);
        }
        assertEquals(List.of(1L, 5L), data(session().history(channel).docs("messages")));
    }

    @Test
    void membersThatNoMessageHasArePassedOver() {
        List<Doc> results = publish(
                Doc.of("channel", channel, "data", 1, "id", "mine", "type", 7, "limit", "x"),
                Doc.of("channel", channel, "data", 2, "after", Doc.of(), "before", 1, "presence", "no"));

        assertTrue(results.stream().allMatch(result -> result.has("position")), results::toString);
        assertEquals(numbers(1, 2), data(session().history(channel).docs("messages")));
    }

    @Test
    void aKeyMakesARetryHarmless() {
        Doc item = Doc.of("channel", channel, "data", 1, "key", "k");

        List<Doc> results = publish(item, item);

        assertFalse(results.getFirst().flag("duplicate"));
        assertTrue(results.getLast().flag("duplicate"));
        assertEquals(results.getFirst().text("position"), results.getLast().text("position"));
    }

    @Test
    void aBatchHasAsManyMessagesAsAllowed() {
        Doc item = Doc.of("channel", channel, "data", 1);

        assertEquals(
                Configured.BATCH,
                results(Json.write(Collections.nCopies(Configured.BATCH, item))).size());
        wire.post("batch", "application/json", Json.write(Collections.nCopies(Configured.BATCH + 1, item)))
                .problem(Code.TOO_LARGE);
        assertEquals(0, results("[]").size());
    }

    @Test
    void aBatchIsAsLargeAsAllowed() {
        String full = "[]" + " ".repeat(Configured.BATCH_SIZE - 2);

        assertEquals(0, results(full).size());
        wire.post("batch", "application/json", full + " ").problem(Code.TOO_LARGE);
    }

    @Test
    void whatIsNoBatchIsAnErrorAndStoresNothing() {
        wire.post("batch", "application/json", "{}").problem(Code.MALFORMED);
        wire.post("batch", "application/json", "[{\"channel\":\"" + channel + "\",\"data\":1}")
                .problem(Code.MALFORMED);
        wire.post("batch", "text/plain", "[]").problem(Code.MALFORMED, 415);

        assertEquals(List.of(), session().history(channel).docs("messages"));
    }
}
