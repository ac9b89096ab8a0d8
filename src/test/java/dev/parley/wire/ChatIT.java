package dev.parley.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.parley.wire.client.Doc;
import dev.parley.wire.client.Json;
import dev.parley.wire.client.Session;
import dev.parley.wire.client.Wire;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code /chat/{room}}: text in, one JSON object a frame out. */
class ChatIT extends WireSuite {
    private final String channel = channel();

    ChatIT(Wire wire) {
        super(wire);
    }

    @Test
    void aTextIsAMessageOfTheRoomToEverybodyInIt() {
        Session alice = chat(channel, "?name=Alice&after=earliest");
        Session bob = chat(channel, "?name=Bob&after=earliest");

        alice.raw("Hello, Bob");

        for (Session session : List.of(alice, bob)) {
            Doc message = session.next();
            assertEquals("Hello, Bob", message.text("data"));
            assertEquals("Alice", message.text("from"));
            assertEquals(channel, message.text("channel"));
            assertFalse(message.text("position").isEmpty());
            assertFalse(message.has("event"), message::toString);
        }
    }

    @Test
    void withoutANameThereIsNoSender() {
        Session session = chat(channel, "");

        session.raw("psst");

        assertFalse(session.next().has("from"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "{\"type\":\"publish\"}", "two\nlines", "null", "\"quoted\"", "\u0000 🚀 \u2028", "{broken"})
    void whateverTheTextIsItIsNothingButText(String text) {
        Session session = chat(channel, "");

        session.raw(text);

        assertEquals(text, session.next().text("data"));
    }

    @Test
    void everyMessageHasAFrameOfItsOwn() {
        publishNumbers(channel, 50);
        var bare = socket("chat/" + channel.substring("chat:".length()) + "?after=earliest");

        for (int i = 1; i <= 50; i++) {
            assertEquals(i, Doc.read(bare.text()).number("data"));
        }
    }

    @Test
    void theRoomIsAChannelForAllOtherTransports() {
        Session bare = chat(channel, "");
        Session session = session();
        session.subscribe(channel);

        bare.raw("from the bare client");
        assertEquals("from the bare client", session.next("message").text("data"));
        assertEquals("from the bare client", bare.next().text("data"));

        session.tell("publish", "channel", channel, "data", Doc.of("a", 1));
        assertEquals(Doc.of("a", 1L), bare.next().value("data"));
        wire.publish(channel, "from HTTP");
        assertEquals("from HTTP", bare.next().text("data"));
    }

    @Test
    void afterBringsWhatWasMissed() {
        String first = publishNumbers(channel, 4).getFirst();

        Session bare = chat(channel, "?after=" + first);

        assertEquals(
                numbers(2, 4),
                List.of(bare.next(), bare.next(), bare.next()).stream()
                        .map(message -> message.value("data"))
                        .toList());
    }

    @Test
    void aBinaryFrameIsPublishedAsBinary() {
        byte[] bytes = {0, 1, (byte) 0xff, 10, 13};
        Session bare = chat(channel, "");

        bare.client().send(bytes, true);

        Doc data = (Doc) bare.next().value("data");
        assertEquals(Base64.getEncoder().encodeToString(bytes), data.text("$binary"));
        Object kept = wire.get(Wire.messages(channel) + "/latest").doc().value("data");
        assertEquals(data, kept);
    }

    @Test
    void aTextInFragmentsIsOneMessage() {
        Session bare = chat(channel, "");

        bare.client().send("one ", false);
        bare.client().send("two ", false);
        bare.client().send("three", true);

        assertEquals("one two three", bare.next().text("data"));
    }

    @Test
    void anInvalidUtf8TextIsRefusedAndNotPublished() {
        var frames = raw().upgraded("chat/" + channel.substring("chat:".length()));

        frames.send(true, 1, new byte[] {'a', (byte) 0xc3, '('});

        assertEquals(1007, frames.closed());
        wire.publish(channel, "marker");
        assertEquals(
                Json.read("[\"marker\"]"),
                data(wire.get(Wire.messages(channel)).doc().docs("messages")));
    }
}
