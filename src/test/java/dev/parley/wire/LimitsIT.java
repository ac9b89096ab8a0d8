package dev.parley.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.parley.wire.client.Code;
import dev.parley.wire.client.Doc;
import dev.parley.wire.client.Json;
import dev.parley.wire.client.Session;
import dev.parley.wire.client.Wire;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.Test;

/** Sizes and counts, one below and one above the edge. */
class LimitsIT extends WireSuite {
    private final String channel = channel();

    LimitsIT(Wire wire) {
        super(wire);
    }

    /** A text whose JSON form has so many bytes in UTF-8. */
    private static String text(int bytes) {
        return "x".repeat(bytes - 2);
    }

    @Test
    void aMessageOfExactlyTheLimitGoesThroughEverywhere() {
        Session session = session();
        session.subscribe(channel);
        var stream = events("events/" + Wire.encoded(channel));
        String largest = text(Configured.MESSAGE_SIZE);

        session.tell("publish", "channel", channel, "data", largest);
        wire.publish(channel, largest);

        for (int i = 0; i < 2; i++) {
            assertEquals(largest, session.next("message").text("data"));
            assertEquals(largest, stream.event().json());
        }
        Doc polled = wire.get("poll?after=earliest&channel=" + Wire.encoded(channel))
                .expect(200)
                .doc();
        assertEquals(2, polled.docs("messages").size());
    }

    @Test
    void oneByteMoreIsTooLargeAndTheSessionGoesOn() {
        Session session = session();

        Doc error = session.ask("publish", "channel", channel, "data", text(Configured.MESSAGE_SIZE + 1));
        Session.refused(Code.TOO_LARGE, error);
        wire.post(Wire.messages(channel), "application/json", Json.write(text(Configured.MESSAGE_SIZE + 1)))
                .problem(Code.TOO_LARGE);
        wire.post(Wire.messages(channel), "text/plain", text(Configured.MESSAGE_SIZE + 3))
                .problem(Code.TOO_LARGE);
        wire.post(Wire.messages(channel), "application/octet-stream", new byte[Configured.MESSAGE_SIZE + 1])
                .problem(Code.TOO_LARGE);

        session.publish(channel, "marker");
        assertEquals(1, session.history(channel).docs("messages").size());
    }

    @Test
    void theLimitCountsBytesAndNotCharacters() {
        Session session = session();
        String umlauts = "ä".repeat(Configured.MESSAGE_SIZE / 2 - 1);

        session.publish(channel, umlauts);
        Session.refused(Code.TOO_LARGE, session.ask("publish", "channel", channel, "data", umlauts + "x"));
        wire.publish(channel, umlauts);
        wire.post(Wire.messages(channel), "application/json", Json.write(umlauts + "x"))
                .problem(Code.TOO_LARGE);
    }

    /** Over HTTP/2 a proxy cancels a stream that is answered before its end, and the JDK's client then forgets the answer. */
    @Test
    void aFarTooLargeBodyIsRefusedTheSameWay() {
        wire.send(wire.request(Wire.messages(channel))
                        .version(HttpClient.Version.HTTP_1_1)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(Json.write(text(8 << 20))))
                        .build())
                .problem(Code.TOO_LARGE);
    }

    @Test
    void aFrameOfExactlyTheLimitIsRead() {
        Session session = session();

        session.raw(padded(Configured.FRAME_SIZE));

        assertEquals("history", session.reply(1).type());
    }

    @Test
    void aFrameOfOneByteMoreIsTooBig() {
        Session session = session();

        session.raw(padded(Configured.FRAME_SIZE + 1));

        assertEquals(1009, session.client().closed());
    }

    @Test
    void fragmentsAreCountedTogether() {
        Session session = session();
        String half = " ".repeat(Configured.FRAME_SIZE / 2);

        session.client().send(half, false);
        session.client().send(half, false);
        session.client().send(" ", true);

        assertEquals(1009, session.client().closed());
    }

    @Test
    void aSessionReadsAsManyChannelsAsAllowed() {
        Session session = session();
        String first = channel();
        session.subscribe(first);
        for (int i = 1; i < Configured.CHANNELS_PER_SESSION; i++) {
            session.subscribe(channel());
        }

        Session.refused(Code.LIMIT, session.ask("subscribe", "channel", channel));
        session.ask("unsubscribe", "channel", first);
        session.subscribe(channel);

        wire.publish(channel, "x");
        assertEquals("x", session.next("message").text("data"));
    }

    @Test
    void aNamespaceKeepsAsManyMessagesAsItsHistorySays() {
        String tiny = channel(Configured.TINY);
        publishNumbers(tiny, Configured.SHORT_HISTORY + 3);

        Doc history = wire.get(Wire.messages(tiny)).expect(200).doc();

        assertEquals(numbers(4, Configured.SHORT_HISTORY + 3), data(history.docs("messages")));
        assertFalse(history.flag("more"), history::toString);
    }

    /** A command that is so many bytes long. */
    private String padded(int bytes) {
        String command = Session.command(1, "history", "channel", channel);
        return command + " ".repeat(bytes - command.length());
    }
}
