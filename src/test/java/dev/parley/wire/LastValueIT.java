package dev.parley.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.wire.client.Block;
import dev.parley.wire.client.Code;
import dev.parley.wire.client.Doc;
import dev.parley.wire.client.Session;
import dev.parley.wire.client.Wire;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A channel of last values: readers begin with the newest of each event name, and what was superseded is no gap. */
class LastValueIT extends WireSuite {
    private final String channel = channel(Configured.LAST);
    private String before = "";

    LastValueIT(Wire wire) {
        super(wire);
    }

    /** The state is then oil 12, gold 21; gold was published twice after {@link #before}, and oil once. */
    @BeforeEach
    void publish() {
        put("oil", 10);
        before = put("oil", 11);
        put("gold", 20);
        put("oil", 12);
        put("gold", 21);
    }

    private String put(String name, int value) {
        return wire.post(Wire.messages(channel) + "?event=" + name, "application/json", Integer.toString(value))
                .expect(201)
                .doc()
                .text("position");
    }

    private static List<String> named(List<Doc> messages) {
        return messages.stream()
                .map(message -> message.text("event") + " " + message.number("data"))
                .toList();
    }

    @Test
    void aSubscriberGetsTheStateAndThenTheChanges() {
        Session fromEarliest = session();
        Session resuming = session();
        fromEarliest.subscribe(channel, "earliest");
        assertTrue(resuming.subscribe(channel, before).flag("recovered"));
        for (Session reader : List.of(fromEarliest, resuming)) {
            assertEquals(List.of("oil 12", "gold 21"), named(reader.messages(2)));
        }
        put("gold", 22);

        assertEquals(List.of("gold 22"), named(fromEarliest.messages(1)));
        assertEquals(List.of("gold 22"), named(resuming.messages(1)));
    }

    @Test
    void anEventStreamGetsTheStateAndThenTheChanges() {
        String path = "events/" + Wire.encoded(channel);
        var fromEarliest = events(path + "?after=earliest");
        var resuming = events(path, "Last-Event-ID", before);
        List<List<Block>> states = Stream.of(fromEarliest, resuming)
                .map(stream -> stream.events(2))
                .toList();
        put("gold", 22);

        for (List<Block> state : states) {
            assertEquals(
                    List.of("oil", "gold"), state.stream().map(Block::event).toList());
            assertEquals(List.of(12L, 21L), state.stream().map(Block::json).toList());
        }
        assertEquals(22L, fromEarliest.event().json());
        assertEquals(22L, resuming.event().json());
    }

    @Test
    void aPollGetsTheState() {
        String path = "poll?channel=" + Wire.encoded(channel) + "&after=";
        Doc resumed = wire.get(path + before).expect(200).doc();
        Doc earliest = wire.get(path + "earliest").expect(200).doc();
        put("gold", 22);
        Doc next = wire.get(path + resumed.text("cursor")).expect(200).doc();

        for (Doc answer : List.of(resumed, earliest)) {
            assertTrue(answer.flag("recovered"), answer::toString);
            assertEquals(List.of("oil 12", "gold 21"), named(answer.docs("messages")));
        }
        assertEquals(List.of("gold 22"), named(next.docs("messages")));
        assertTrue(next.flag("recovered"), next::toString);
    }

    @Test
    void historyIsTheState() {
        Doc newest = wire.get(Wire.messages(channel)).expect(200).doc();
        Doc after = session().history(channel, "after", before, "limit", 1);
        Doc before = wire.get(Wire.messages(channel) + "?before=latest&limit=1")
                .expect(200)
                .doc();

        assertEquals(List.of("oil 12", "gold 21"), named(newest.docs("messages")));
        assertFalse(newest.flag("more"), newest::toString);
        assertEquals(List.of("oil 12"), named(after.docs("messages")));
        assertTrue(after.flag("more") && after.flag("recovered"), after::toString);
        assertEquals(List.of("gold 21"), named(before.docs("messages")));
        assertTrue(before.flag("more"), before::toString);
    }

    @Test
    void aSupersededMessageIsNotFound() {
        wire.get(Wire.messages(channel) + "/" + before).problem(Code.NOT_FOUND);
        assertEquals(
                12,
                wire.get(Wire.messages(channel) + "/earliest").expect(200).doc().number("data"));
    }
}
