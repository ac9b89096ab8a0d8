package dev.parley.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.wire.client.Answer;
import dev.parley.wire.client.Code;
import dev.parley.wire.client.Doc;
import dev.parley.wire.client.Session;
import dev.parley.wire.client.Wire;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A {@code key} makes a retry harmless, whatever the transport of the first try and of the second. */
class KeysIT extends WireSuite {
    private final String channel = channel();

    KeysIT(Wire wire) {
        super(wire);
    }

    private Doc publish(Session session, String key, Object data) {
        return session.ask("publish", "channel", channel, "data", data, "key", key);
    }

    private Answer post(String key, String json) {
        return wire.post(Wire.messages(channel), "application/json", json, "Idempotency-Key", key);
    }

    private List<Object> stored() {
        return data(wire.get(Wire.messages(channel)).expect(200).doc().docs("messages"));
    }

    @Test
    void theSecondPublishWithAKeyIsADuplicateOfTheFirst() {
        Doc first = publish(session(), "k", "first");
        Doc again = publish(session(), "k", "again");

        assertFalse(first.flagOrFalse("duplicate"), first::toString);
        assertTrue(again.flag("duplicate"), again::toString);
        assertEquals(first.text("position"), again.text("position"));
        assertEquals(List.of("first"), stored());
    }

    @Test
    void aRetryOverHttpOfAPublishOverWebSocketIsADuplicate() {
        Doc first = publish(session(), "k", "first");
        Doc again = post("k", "\"first\"").expect(200).doc();

        assertTrue(again.flag("duplicate"), again::toString);
        assertEquals(first.text("position"), again.text("position"));
        assertEquals(List.of("first"), stored());
    }

    @Test
    void aRetryOverWebSocketOfAPublishOverHttpIsADuplicate() {
        Doc first = post("k", "\"first\"").expect(201).doc();
        Doc again = publish(session(), "k", "first");

        assertTrue(again.flag("duplicate"), again::toString);
        assertEquals(first.text("position"), again.text("position"));
        assertEquals(List.of("first"), stored());
    }

    @Test
    void aSubscriberSeesADuplicateOnce() {
        Session reader = session();
        reader.subscribe(channel);

        publish(reader, "k", "once");
        publish(reader, "k", "once");
        publish(reader, "l", "marker");

        assertEquals(List.of("once", "marker"), data(reader.messages(2)));
    }

    @Test
    void otherKeysAndOtherChannelsAreNoDuplicates() {
        Session session = session();
        String other = channel();

        Doc first = publish(session, "k", 1);
        Doc otherKey = publish(session, "K", 1);
        Doc otherChannel = session.ask("publish", "channel", other, "data", 1, "key", "k");

        assertNotEquals(first.text("position"), otherKey.text("position"));
        assertFalse(otherKey.flagOrFalse("duplicate"), otherKey::toString);
        assertFalse(otherChannel.flagOrFalse("duplicate"), otherChannel::toString);
    }

    @Test
    void anotherPublishersEqualKeyIsNoDuplicate() {
        publish(session("?name=Alice"), "k", "from Alice");
        Doc second = publish(session("?name=Bob"), "k", "from Bob");

        assertFalse(second.flagOrFalse("duplicate"), second::toString);
        assertEquals(List.of("from Alice", "from Bob"), stored());
    }

    @Test
    void manyTriesAtOnceStoreOneMessage() {
        Session session = session();
        for (int i = 0; i < 20; i++) {
            session.send("publish", "channel", channel, "data", "once", "key", "k");
        }
        var tries = Stream.generate(() -> wire.later(
                        wire.request(Wire.messages(channel), "Idempotency-Key", "k", "Content-Type", "application/json")
                                .POST(BodyPublishers.ofString("\"once\""))
                                .build()))
                .limit(20)
                .toList();

        tries.forEach(answer -> assertTrue(Wire.within(answer, "publish").status() < 202));
        for (int i = 0; i < 20; i++) {
            session.next("published");
        }
        assertEquals(List.of("once"), stored());
    }

    @Test
    void theLongestKeyIsTakenAndALongerOneRefused() {
        String longest = "k".repeat(Configured.KEY_LENGTH);
        Session session = session();

        assertEquals("published", publish(session, longest, 1).type());
        Session.refused(Code.MALFORMED, publish(session, longest + "k", 1));
        Session.refused(Code.MALFORMED, publish(session, "", 1));
        post(longest + "k", "1").problem(Code.MALFORMED);
        String smiles = "\ud83d\ude00".repeat(Configured.KEY_LENGTH); // each a character, if two of Java's
        assertEquals("published", publish(session, smiles, 1).type());
        Session.refused(Code.MALFORMED, publish(session, smiles + "k", 1));
    }
}
