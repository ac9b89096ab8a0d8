package dev.parley.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.wire.client.Block;
import dev.parley.wire.client.Doc;
import dev.parley.wire.client.Session;
import dev.parley.wire.client.Wire;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A position from which the log cannot tell everything: the reader is told first, and then gets what is still there. */
class LostIT extends WireSuite {
    private static final int PUBLISHED = 12;

    /** How a position can be no good any more. All channels have the short history. */
    enum Lost {
        /** What came after it was trimmed. */
        TRIMMED,
        /** It is of a life of the log that is over, or never was: taken from another channel's log and made strange. */
        OTHER_EPOCH,
        /** Nobody has written that far. */
        BEYOND_THE_HEAD
    }

    private final String channel = channel(Configured.TINY);

    LostIT(Wire wire) {
        super(wire);
    }

    /** What is left of {@link #PUBLISHED} numbers. */
    private static List<Object> left() {
        return numbers(PUBLISHED - Configured.SHORT_HISTORY + 1, PUBLISHED);
    }

    /**
     * Publishes, and gives a position of that kind. Positions are opaque to clients; this is the one place that looks inside, to
     * make one that a client would have after a restart of the server.
     */
    private String lost(Lost kind) {
        List<String> positions = publishNumbers(channel, PUBLISHED);
        String epoch = positions.getLast().substring(0, positions.getLast().lastIndexOf('-'));
        return switch (kind) {
            case TRIMMED -> positions.get(2);
            case OTHER_EPOCH -> (epoch.startsWith("0") ? "1" : "0") + epoch.substring(1) + "-" + PUBLISHED;
            case BEYOND_THE_HEAD -> epoch + "-" + (PUBLISHED + 1000);
        };
    }

    @ParameterizedTest
    @EnumSource
    void aSubscriberIsTold(Lost kind) {
        String position = lost(kind);
        Session reader = session();

        Doc subscribed = reader.subscribe(channel, position);

        assertFalse(subscribed.flag("recovered"), subscribed::toString);
        assertEquals(left(), data(reader.messages(left().size())));
        wire.publish(channel, "live"); // not before, as it ends the oldest
        assertEquals(List.of("live"), data(reader.messages(1)));
    }

    @ParameterizedTest
    @EnumSource
    void anEventStreamIsTold(Lost kind) {
        String position = lost(kind);
        var stream = events("events/" + Wire.encoded(channel), "Last-Event-ID", position);

        Block gap = stream.event();

        assertEquals("parley.gap", gap.event());
        assertEquals(channel, gap.doc().text("channel"));
        assertTrue(gap.doc().has("from") && gap.doc().has("to"), gap::toString);
        assertEquals(
                left(),
                stream.events(Configured.SHORT_HISTORY).stream()
                        .map(Block::json)
                        .toList());
    }

    @ParameterizedTest
    @EnumSource
    void theIdOfAGapIsAPlaceToComeBackTo(Lost kind) {
        String position = lost(kind);
        Block gap = events("events/" + Wire.encoded(channel), "Last-Event-ID", position)
                .event();

        Block next = events("events/" + Wire.encoded(channel), "Last-Event-ID", gap.id())
                .event();

        assertEquals(left().getFirst(), next.json());
    }

    @ParameterizedTest
    @EnumSource
    void aPollIsTold(Lost kind) {
        Doc answer = wire.get("poll?channel=" + Wire.encoded(channel) + "&after=" + lost(kind))
                .expect(200)
                .doc();

        assertFalse(answer.flag("recovered"), answer::toString);
        assertEquals(left(), data(answer.docs("messages")));
    }

    @ParameterizedTest
    @EnumSource
    void aReaderOfHistoryIsTold(Lost kind) {
        String position = lost(kind);

        Doc byHttp = wire.get(Wire.messages(channel) + "?after=" + position)
                .expect(200)
                .doc();
        Doc byCommand = session().history(channel, "after", position);

        for (Doc history : List.of(byHttp, byCommand)) {
            assertFalse(history.flag("recovered"), history::toString);
            assertEquals(left(), data(history.docs("messages")));
        }
    }

    @Test
    void thePositionJustBeforeTheOldestIsStillWhole() {
        String edge = publishNumbers(channel, PUBLISHED).get(PUBLISHED - Configured.SHORT_HISTORY - 1);
        Session reader = session();

        assertTrue(reader.subscribe(channel, edge).flag("recovered"));

        assertEquals(left(), data(reader.messages(Configured.SHORT_HISTORY)));
        assertTrue(session().history(channel, "after", edge).flag("recovered"));
    }
}
