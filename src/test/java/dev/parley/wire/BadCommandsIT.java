package dev.parley.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.wire.client.Code;
import dev.parley.wire.client.Doc;
import dev.parley.wire.client.Json;
import dev.parley.wire.client.Session;
import dev.parley.wire.client.Wire;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands that are none: an error each, the session goes on, and ten in a row end it. */
class BadCommandsIT extends WireSuite {
    private final String channel = channel();
    private final Session session = session();

    BadCommandsIT(Wire wire) {
        super(wire);
    }

    private void sessionStillWorks() {
        session.subscribe(channel);
        session.publish(channel, "marker");
        assertEquals("marker", session.next("message").text("data"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "}",
                "hello",
                "null",
                "1",
                "\"x\"",
                "[]",
                "[{\"type\":\"history\",\"channel\":\"a\"}]",
                "{}",
                "{\"type\":null}",
                "{\"type\":7}",
                "{\"type\":\"fly\"}",
                "{\"type\":\"Publish\",\"channel\":\"a\",\"data\":1}",
                "{\"type\":\"message\",\"channel\":\"a\",\"data\":1}",
                "{\"type\":\"history\",\"channel\":\"a\"",
                "{\"type\":\"history\",\"channel\":\"a\"}}",
                "{'type':'history','channel':'a'}",
                "{\"type\":\"history\",\"channel\":\"a\",}",
                "{\"type\":\"history\" /* no */,\"channel\":\"a\"}",
                "\uFEFF{\"type\":\"history\",\"channel\":\"a\"}",
                "{\"type\":\"publish\",\"channel\":\"a\",\"data\":NaN}",
                "{\"type\":\"publish\",\"channel\":\"a\",\"data\":01}",
                "{\"type\":\"publish\",\"channel\":\"a\",\"data\":\"\t\"}",
                "{\"type\":\"publish\",\"channel\":\"a\",\"data\":\"\\x\"}"
            })
    void whatIsNoCommandIsMalformed(String text) {
        session.raw(text);

        session.error(Code.MALFORMED);
        sessionStillWorks();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'type':'fly'",
                "'type':'subscribe'",
                "'type':'subscribe','channel':7",
                "'type':'subscribe','channel':null",
                "'type':'subscribe','channel':['a']",
                "'type':'subscribe','channel':'a','after':7",
                "'type':'subscribe','channel':'a','after':{}",
                "'type':'unsubscribe'",
                "'type':'publish','data':1",
                "'type':'publish','channel':'a'",
                "'type':'publish','channel':'a','data':1,'event':7",
                "'type':'publish','channel':'a','data':1,'key':7",
                "'type':'publish','channel':'a','data':1,'key':{}",
                "'type':'history'",
                "'type':'history','channel':'a','limit':'10'",
                "'type':'history','channel':'a','limit':1.5",
                "'type':'history','channel':'a','limit':99999999999999999999",
                "'type':'history','channel':'a','before':[]",
                "'type':'signal','channel':'a'",
                "'type':'signal','data':1",
                "'type':'presence'"
            })
    void aCommandWithWrongMembersIsAnsweredByItsId(String members) {
        session.raw("{'id':41,".replace('\'', '"') + members.replace('\'', '"') + "}");

        session.error(Code.MALFORMED, 41);
        sessionStillWorks();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "1.5", "\"1\"", "true", "[]", "{}", "1e999999999", "99999999999999999999999999"})
    void anIdThatIsNoPositiveIntegerIsMalformedAndTheCommandHasNoEffect(String id) {
        session.raw("{\"type\":\"publish\",\"channel\":\"%s\",\"data\":1,\"id\":%s}".formatted(channel, id));

        session.error(Code.MALFORMED);
        sessionStillWorks();
        assertEquals(1, session.history(channel).docs("messages").size());
    }

    @Test
    void theLargestIdIsEchoed() {
        session.raw(Session.command(9007199254740991L, "history", "channel", channel));

        assertEquals("history", session.reply(9007199254740991L).type());
    }

    @Test
    void deepNestingIsMalformed() {
        String deep = "[".repeat(50_000) + "]".repeat(50_000);

        Session.refused(Code.MALFORMED, session.ask("publish", "channel", channel, "data", Json.verbatim(deep)));
        wire.post(Wire.messages(channel), "application/json", deep).problem(Code.MALFORMED);
        sessionStillWorks();
    }

    @Test
    void reasonableNestingIsFine() {
        String nested = "[".repeat(50) + "]".repeat(50);

        session.publish(channel, Json.verbatim(nested));
    }

    /** Both answers are sound for these; what matters is that there is one, and that whoever reads it reads JSON. */
    @ParameterizedTest
    @ValueSource(strings = {"\"\\ud800\"", "\"\\udc00\\ud800\"", "1e400", "-1e-400"})
    void whatJsonAllowsButManyReadersDoNotIsRefusedOrKeptWhole(String data) {
        session.subscribe(channel);

        Doc reply = session.ask("publish", "channel", channel, "data", Json.verbatim(data));

        if (reply.type().equals("error")) {
            Session.refused(Code.MALFORMED, reply);
        } else {
            assertEquals(Json.read(data), session.next("message").value("data"));
        }
        session.publish(channel, "marker");
        assertEquals("marker", session.next("message").text("data"));
    }

    @Test
    void aVeryLongNumberIsRefusedOrKeptWhole() {
        whatJsonAllowsButManyReadersDoNotIsRefusedOrKeptWhole("9".repeat(100_000));
    }

    @Test
    void doubledMembersInDataAreRefusedOrKeptWhole() {
        String data = "{\"a\":1,\"a\":2}";

        session.tell("publish", "channel", channel, "data", Json.verbatim(data));
        wire.publish(channel, "marker");

        String kept = wire.get(Wire.messages(channel)).expect(200).body();
        assertTrue(kept.contains(data) || kept.indexOf("data") == kept.lastIndexOf("data"), kept);
    }

    @Test
    void doubledMembersAreOneCommandAtMost() {
        session.raw("{\"type\":\"publish\",\"type\":\"history\",\"channel\":\"%s\",\"data\":1,\"id\":1,\"id\":2}"
                .formatted(channel));

        Doc reply = session.next();
        assertTrue(reply.type().equals("error") || reply.has("re"), reply::toString);
        sessionStillWorks();
    }

    @Test
    void anErrorWithoutAnIdNamesNone() {
        session.tell("subscribe", "channel", "bad name");

        assertFalse(session.next("error").has("re"));
        sessionStillWorks();
    }

    @Test
    void tenMalformedCommandsInARowEndTheSession() {
        for (int i = 0; i < 10; i++) {
            session.raw("nonsense");
        }

        assertEquals(4503, session.client().closed());
    }

    @Test
    void aGoodCommandBetweenStartsTheCountAnew() {
        for (int i = 0; i < 27; i++) {
            if (i % 9 == 0) {
                session.history(channel);
            }
            session.raw("nonsense");
            session.error(Code.MALFORMED);
        }
        sessionStillWorks();
    }

    @Test
    void otherErrorsAreNotCounted() {
        for (int i = 0; i < 12; i++) {
            Session.refused(Code.SUBSCRIPTION, session.ask("unsubscribe", "channel", channel));
        }
        sessionStillWorks();
    }
}
