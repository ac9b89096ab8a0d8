package dev.parley.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.wire.client.Answer;
import dev.parley.wire.client.Code;
import dev.parley.wire.client.Doc;
import dev.parley.wire.client.Wire;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** History and single messages over HTTP. */
class HttpHistoryIT extends WireSuite {
    private final String channel = channel();

    HttpHistoryIT(Wire wire) {
        super(wire);
    }

    private Doc page(String query) {
        return wire.get(Wire.messages(channel) + query).expect(200).doc();
    }

    @Test
    void itSaysTheSameAsTheCommand() {
        publishNumbers(channel, 5);

        Answer answer =
                wire.get(Wire.messages(channel) + "?after=earliest&limit=3").expect(200);

        assertTrue(answer.header("content-type").startsWith("application/json"), answer::toString);
        Doc byCommand = session().history(channel, "after", "earliest", "limit", 3);
        Doc byHttp = answer.doc();
        assertEquals(byCommand.value("channel"), byHttp.value("channel"));
        assertEquals(byCommand.value("messages"), byHttp.value("messages"));
        assertEquals(byCommand.value("more"), byHttp.value("more"));
    }

    @Test
    void pagesForwardReachTheEnd() {
        publishNumbers(channel, 23);
        var read = new ArrayList<>();
        Doc page = page("?limit=7&after=earliest");
        read.addAll(data(page.docs("messages")));
        while (page.flag("more")) {
            page = page("?limit=7&after=" + page.docs("messages").getLast().text("position"));
            assertTrue(page.flag("recovered"), page::toString);
            read.addAll(data(page.docs("messages")));
        }

        assertEquals(numbers(1, 23), read);
    }

    @Test
    void pagesBackwardReachTheBeginning() {
        publishNumbers(channel, 23);
        var read = new ArrayList<>();
        Doc page = page("?limit=7");
        read.addAll(0, data(page.docs("messages")));
        while (page.flag("more")) {
            page = page("?limit=7&before=" + page.docs("messages").getFirst().text("position"));
            read.addAll(0, data(page.docs("messages")));
        }

        assertEquals(numbers(1, 23), read);
    }

    @Test
    void anEmptyChannelHasAnEmptyHistory() {
        assertEquals(List.of(), page("").docs("messages"));
        assertFalse(page("").flag("more"));
    }

    @Test
    void aLimitAboveTheHighestIsTheHighest() {
        publishNumbers(channel, Configured.HISTORY_LIMIT + 1);

        assertEquals(
                numbers(2, Configured.HISTORY_LIMIT + 1),
                data(page("?limit=" + (Configured.HISTORY_LIMIT + 1)).docs("messages")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=0", "limit=-1", "limit=ten", "limit=1.5", "limit=", "after=earliest&before=latest"})
    void aBadRangeIsMalformed(String query) {
        wire.get(Wire.messages(channel) + "?" + query).problem(Code.MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"after=nonsense!", "before=nonsense!", "after="})
    void aBadPositionIsRefused(String query) {
        wire.get(Wire.messages(channel) + "?" + query).problem(Code.BAD_POSITION);
    }

    @Test
    void oneMessageIsFoundByItsPosition() {
        List<String> positions = publishNumbers(channel, 3);

        Doc second = wire.get(Wire.messages(channel) + "/" + positions.get(1))
                .expect(200)
                .doc();

        assertEquals(2, second.number("data"));
        assertEquals(positions.get(1), second.text("position"));
        assertEquals(channel, second.text("channel"));
        assertTrue(second.number("time") > 0);
    }

    @Test
    void theWordsNameTheFirstAndTheLastMessage() {
        publishNumbers(channel, 3);

        assertEquals(
                1,
                wire.get(Wire.messages(channel) + "/earliest").expect(200).doc().number("data"));
        assertEquals(
                3,
                wire.get(Wire.messages(channel) + "/latest").expect(200).doc().number("data"));
    }

    @Test
    void aMessageThatIsNotThereIsNotFound() {
        String tiny = channel(Configured.TINY);
        String trimmed = publishNumbers(tiny, Configured.SHORT_HISTORY + 1).getFirst();

        wire.get(Wire.messages(tiny) + "/" + trimmed).problem(Code.NOT_FOUND);
        wire.get(Wire.messages(channel) + "/" + trimmed).problem(Code.NOT_FOUND);
        wire.get(Wire.messages(channel) + "/latest").problem(Code.NOT_FOUND);
        wire.get(Wire.messages(channel) + "/earliest").problem(Code.NOT_FOUND);
        wire.get(Wire.messages(channel) + "/nonsense!").problem(Code.BAD_POSITION);
    }
}
