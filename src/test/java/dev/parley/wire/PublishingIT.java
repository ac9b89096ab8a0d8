package dev.parley.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.parley.wire.client.Code;
import dev.parley.wire.client.Doc;
import dev.parley.wire.client.Json;
import dev.parley.wire.client.Session;
import dev.parley.wire.client.Wire;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code publish} on {@code /ws}: any JSON value goes through unchanged, and names are checked. */
class PublishingIT extends WireSuite {
    private final String channel = channel();

    PublishingIT(Wire wire) {
        super(wire);
    }

    @Test
    void publishedNamesChannelAndPosition() {
        Session session = session();

        Doc first = session.ask("publish", "channel", channel, "data", "one");
        Doc second = session.ask("publish", "channel", channel, "data", "two");

        assertEquals("published", first.type());
        assertEquals(channel, first.text("channel"));
        assertFalse(first.flagOrFalse("duplicate"), first::toString);
        assertNotEquals(first.text("position"), second.text("position"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "true",
                "0",
                "-0.5e-7",
                "9007199254740993",
                "123456789012345678901234567890",
                "3.141592653589793238462643383279",
                "\"\"",
                "\"line\\nbreak\\r\\n and \\u2028 and \\u0000\"",
                "\"quote \\\" backslash \\\\ slash \\/ </script>\"",
                "\"\\ud83d\\ude80 🚀 ä\"",
                "[]",
                "{}",
                "[[],{},[null,false,\"x\"]]",
                "{\"\":{\"type\":\"closing\",\"id\":7},\"channel\":\"other\"}"
            })
    void anyJsonValueGoesThroughUnchanged(String json) {
        Session session = session();
        session.subscribe(channel);

        String position = session.publish(channel, Json.verbatim(json));

        Object sent = Json.read(json);
        assertEquals(sent, session.next("message").value("data"));
        assertEquals(
                sent,
                wire.get(Wire.messages(channel) + "/" + position)
                        .expect(200)
                        .doc()
                        .value("data"));
    }

    @Test
    void membersInAnyOrderAndUnknownOnesAreTaken() {
        Session session = session();

        session.raw(
                "{\"new\":[{\"id\":9}],\"data\":{\"channel\":\"x\"},\"channel\":\"%s\",\"id\":1,\"type\":\"publish\"}"
                        .formatted(channel));

        assertEquals("published", session.reply(1).type());
    }

    @Test
    void aLineBreakBetweenTokensOfPublishedJsonBreaksNoFrame() {
        Session session = session();
        session.subscribe(channel);

        wire.post(Wire.messages(channel), "application/json", "{\r\n \"a\" :\n\t[ 1,\r2 ]\n}\n")
                .expect(201);
        wire.publish(channel, "marker");

        assertEquals(Doc.of("a", List.of(1L, 2L)), session.next("message").value("data"));
        assertEquals("marker", session.next("message").text("data"));
    }

    @Test
    void publishWithoutDataIsMalformedAndStoresNothing() {
        Session session = session();

        Session.refused(Code.MALFORMED, session.ask("publish", "channel", channel));
        session.publish(channel, "marker");

        assertEquals(List.of("marker"), data(session.history(channel).docs("messages")));
    }

    @Test
    void theLongestEventNameIsTakenAndALongerOneRefused() {
        String longest = "e".repeat(Configured.NAME_LENGTH);
        Session session = session();
        session.subscribe(channel);

        session.tell("publish", "channel", channel, "data", 1, "event", longest);

        assertEquals(longest, session.next("message").text("event"));
        Session.refused(Code.MALFORMED, session.ask("publish", "channel", channel, "data", 1, "event", longest + "e"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"parley.gap", "parley.", "a\nb", "a\rb", "a\u0000b", ""})
    void anEventNameThatIsTheServersOrNoNameIsRefused(String event) {
        Session session = session();

        Session.refused(Code.MALFORMED, session.ask("publish", "channel", channel, "data", 1, "event", event));
    }

    @Test
    void theServersOwnNamespaceIsNotPublishedTo() {
        Session session = session();

        Session.refused(Code.NOT_PERMITTED, session.ask("publish", "channel", "sys:stats", "data", 1));
        wire.post(Wire.messages("sys:stats"), "application/json", "1").problem(Code.NOT_PERMITTED);
    }

    @Test
    void namesThatNeedNoNamespaceWork() {
        String plain = channel.substring("chat:".length()) + "._~-";
        Session session = session();
        session.subscribe(plain);

        session.tell("publish", "channel", plain, "data", "default");

        assertEquals(plain, session.next("message").text("channel"));
    }
}
