package dev.parley.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.wire.client.Code;
import dev.parley.wire.client.Doc;
import dev.parley.wire.client.Session;
import dev.parley.wire.client.Wire;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code history} on {@code /ws}. */
class HistoryIT extends WireSuite {
    private final String channel = channel();
    private final Session session = session();

    HistoryIT(Wire wire) {
        super(wire);
    }

    @Test
    void anEmptyChannelHasAnEmptyHistory() {
        Doc history = session.history(channel);

        assertEquals(channel, history.text("channel"));
        assertEquals(List.of(), history.docs("messages"));
        assertFalse(history.flag("more"), history::toString);
    }

    @Test
    void withoutARangeTheNewestFiftyComeOldestFirst() {
        publishNumbers(channel, 60);

        Doc history = session.history(channel);

        assertEquals(numbers(11, 60), data(history.docs("messages")));
        assertTrue(history.flag("more"), history::toString);
    }

    @Test
    void pagesForwardReachTheEnd() {
        publishNumbers(channel, 25);
        var read = new ArrayList<>();
        Doc page = session.history(channel, "after", "earliest", "limit", 10);
        read.addAll(data(page.docs("messages")));
        while (page.flag("more")) {
            page = session.history(
                    channel, "after", page.docs("messages").getLast().text("position"), "limit", 10);
            assertTrue(page.flag("recovered"), page::toString);
            read.addAll(data(page.docs("messages")));
        }

        assertEquals(numbers(1, 25), read);
    }

    @Test
    void pagesBackwardReachTheBeginning() {
        publishNumbers(channel, 25);
        var read = new ArrayList<>();
        Doc page = session.history(channel, "before", "latest", "limit", 10);
        read.addAll(0, data(page.docs("messages")));
        while (page.flag("more")) {
            page = session.history(
                    channel, "before", page.docs("messages").getFirst().text("position"), "limit", 10);
            read.addAll(0, data(page.docs("messages")));
        }

        assertEquals(numbers(1, 25), read);
    }

    @Test
    void aPageThatEndsExactlyAtTheEndSaysSo() {
        List<String> positions = publishNumbers(channel, 20);

        assertFalse(session.history(channel, "after", "earliest", "limit", 20).flag("more"));
        assertFalse(session.history(channel, "before", "latest", "limit", 20).flag("more"));
        assertTrue(session.history(channel, "after", "earliest", "limit", 19).flag("more"));
        assertTrue(session.history(channel, "before", "latest", "limit", 19).flag("more"));
        assertEquals(
                List.of(),
                session.history(channel, "after", positions.getLast()).docs("messages"));
        assertEquals(
                List.of(),
                session.history(channel, "before", positions.getFirst()).docs("messages"));
    }

    @Test
    void theEndsOfTheLogAreWords() {
        publishNumbers(channel, 5);

        assertEquals(List.of(), session.history(channel, "after", "latest").docs("messages"));
        assertEquals(List.of(), session.history(channel, "before", "earliest").docs("messages"));
        assertEquals(
                numbers(4, 5),
                data(session.history(channel, "before", "latest", "limit", 2).docs("messages")));
        assertEquals(
                numbers(1, 2),
                data(session.history(channel, "after", "earliest", "limit", 2).docs("messages")));
    }

    @Test
    void aLimitAboveTheHighestIsTheHighest() {
        publishNumbers(channel, Configured.HISTORY_LIMIT + 1);

        Doc highest = session.history(channel, "after", "earliest", "limit", Configured.HISTORY_LIMIT);
        Doc above = session.history(channel, "after", "earliest", "limit", Configured.HISTORY_LIMIT + 1);

        assertEquals(numbers(1, Configured.HISTORY_LIMIT), data(highest.docs("messages")));
        assertEquals(highest.docs("messages"), above.docs("messages"));
        assertTrue(above.flag("more"), "one is left");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE})
    void aLimitBelowOneIsMalformed(long limit) {
        Session.refused(Code.MALFORMED, session.ask("history", "channel", channel, "limit", limit));
    }

    @Test
    void afterAndBeforeAtOnceAreMalformed() {
        Session.refused(
                Code.MALFORMED, session.ask("history", "channel", channel, "after", "earliest", "before", "latest"));
    }

    @Test
    void aBadPositionIsRefused() {
        Session.refused(Code.BAD_POSITION, session.ask("history", "channel", channel, "after", "nonsense!"));
        Session.refused(Code.BAD_POSITION, session.ask("history", "channel", channel, "before", "nonsense!"));
    }

    @Test
    void historyMessagesAreTheMessagesThatWereDelivered() {
        Session reader = session();
        reader.subscribe(channel);
        session("?name=Ann").tell("publish", "channel", channel, "data", Doc.of("a", 1), "event", "e");
        Doc delivered = reader.next("message");

        Doc kept = session.history(channel).docs("messages").getFirst();

        for (String member : List.of("position", "channel", "data", "event", "from", "time")) {
            assertEquals(delivered.value(member), kept.value(member));
        }
    }
}
