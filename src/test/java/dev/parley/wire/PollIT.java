package dev.parley.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.wire.client.Answer;
import dev.parley.wire.client.Doc;
import dev.parley.wire.client.Wire;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** {@code GET /poll}: long-poll, and with {@code wait=0} plain polling. */
class PollIT extends WireSuite {
    private final String channel = channel();

    PollIT(Wire wire) {
        super(wire);
    }

    private String path(String query) {
        return "poll?channel=" + Wire.encoded(channel) + query;
    }

    private Doc poll(String query) {
        return wire.get(path(query)).expect(200).doc();
    }

    @Test
    void withoutAPositionTheCursorComesAtOnce() {
        String head = publishNumbers(channel, 3).getLast();
        long start = System.nanoTime();

        Answer answer = wire.get(path("&wait=9")).expect(200);

        assertTrue(since(start) < 5, "it waited");
        assertTrue(answer.header("content-type").startsWith("application/json"), answer::toString);
        assertEquals(List.of(), answer.doc().docs("messages"));
        assertEquals(head, answer.doc().text("cursor"));
        assertTrue(answer.doc().flag("recovered"), answer::toString);
    }

    @Test
    void anAnswerIsNotToBeCached() {
        assertTrue(wire.get(path("")).header("cache-control").contains("no-"), "no cache may keep it");
    }

    @Test
    void whatIsThereComesAtOnce() {
        String first = publishNumbers(channel, 3).getFirst();

        Doc answer = poll("&wait=9&after=" + first);

        assertEquals(numbers(2, 3), data(answer.docs("messages")));
        assertTrue(answer.flag("recovered"), answer::toString);
        Doc message = answer.docs("messages").getFirst();
        assertEquals(channel, message.text("channel"));
        assertTrue(message.number("time") > 0);
    }

    @Test
    void plainPollingDoesNotWait() {
        String head = publishNumbers(channel, 1).getLast();
        long start = System.nanoTime();

        Doc answer = poll("&wait=0&after=" + head);

        assertTrue(since(start) < 5, "it waited");
        assertEquals(List.of(), answer.docs("messages"));
        assertEquals(head, answer.text("cursor"));
        assertTrue(answer.flag("recovered"), answer::toString);
    }

    @Test
    void aWaitThatBringsNothingEndsWithTheSameCursor() {
        String head = publishNumbers(channel, 1).getLast();
        long start = System.nanoTime();

        Doc answer = poll("&wait=1&after=" + head);

        assertTrue(since(start) > 0.9, "it did not wait");
        assertEquals(List.of(), answer.docs("messages"));
        assertEquals(head, answer.text("cursor"));
    }

    @Test
    void aMessageWakesAWaitingPoll() {
        String head = poll("").text("cursor");
        var waiting = wire.getLater(path("&wait=" + Configured.LONGEST_WAIT + "&after=" + head));
        poll("&wait=1&after=" + head); // takes a second: by then the other one waits
        assertFalse(waiting.isDone(), "it did not wait");
        long start = System.nanoTime();

        wire.publish(channel, "wake up");

        Doc answer = Wire.within(waiting, "the waiting poll").doc();
        assertTrue(since(start) < 3, "woken late");
        assertEquals(List.of("wake up"), data(answer.docs("messages")));
    }

    @Test
    void everyWaitingPollIsWoken() {
        String head = poll("").text("cursor");
        var waiting = new ArrayList<CompletableFuture<Answer>>();
        for (int i = 0; i < 50; i++) {
            waiting.add(wire.getLater(path("&wait=" + Configured.LONGEST_WAIT + "&after=" + head)));
        }

        wire.publish(channel, "all");

        waiting.forEach(answer -> assertEquals(
                List.of("all"), data(Wire.within(answer, "a poll").doc().docs("messages"))));
    }

    @Test
    void polledFromCursorToCursorNothingIsLost() {
        String cursor = poll("").text("cursor");
        var seen = new ArrayList<>();
        for (int i = 1; i <= 20; i++) {
            wire.publish(channel, i);
            Doc answer = poll("&wait=9&after=" + cursor);
            seen.addAll(data(answer.docs("messages")));
            cursor = answer.text("cursor");
        }

        assertEquals(numbers(1, 20), seen);
    }

    @Test
    void aCursorOfSeveralChannelsMovesEachOfThem() {
        String other = channel();
        String both = "&channel=" + Wire.encoded(other);
        String cursor = poll(both).text("cursor");
        assertEquals(2, cursor.split(",", -1).length);

        wire.publish(other, "b");
        Doc first = poll(both + "&wait=9&after=" + cursor);
        wire.publish(channel, "a");
        Doc second = poll(both + "&wait=9&after=" + first.text("cursor"));

        assertEquals(List.of("b"), data(first.docs("messages")));
        assertEquals(other, first.docs("messages").getFirst().text("channel"));
        assertEquals(List.of("a"), data(second.docs("messages")));
        assertEquals(2, poll(both + "&wait=0&after=" + cursor).docs("messages").size());
    }

    @Test
    void manyMessagesComeInSeveralPolls() {
        int count = Configured.POLL_LIMIT + 7;
        publishNumbers(channel, count);

        Doc first = poll("&after=earliest");
        Doc second = poll("&after=" + first.text("cursor"));

        assertEquals(numbers(1, Configured.POLL_LIMIT), data(first.docs("messages")));
        assertEquals(numbers(Configured.POLL_LIMIT + 1, count), data(second.docs("messages")));
    }

    private static double since(long start) {
        return Duration.ofNanos(System.nanoTime() - start).toMillis() / 1000.0;
    }
}
