package dev.parley.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.wire.client.Answer;
import dev.parley.wire.client.Block;
import dev.parley.wire.client.Code;
import dev.parley.wire.client.Doc;
import dev.parley.wire.client.Session;
import dev.parley.wire.client.SseClient;
import dev.parley.wire.client.Wire;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What goes to those who are there, and nowhere else. */
class SignalsIT extends WireSuite {
    private final String channel = channel();

    SignalsIT(Wire wire) {
        super(wire);
    }

    private String path() {
        return "channels/" + Wire.encoded(channel) + "/signals";
    }

    @Test
    void aSignalGoesToWhoReadsTheChannel() {
        Session reader = session();
        reader.subscribe(channel);

        Doc reply = session("?name=Alice").ask("signal", "channel", channel, "data", true, "event", "typing");

        assertEquals("signalled", reply.type());
        Doc signal = reader.next("signal");
        assertEquals(channel, signal.text("channel"));
        assertTrue(signal.flag("data"));
        assertEquals("typing", signal.text("event"));
        assertEquals("Alice", signal.text("from"));
        assertFalse(signal.has("position") || signal.has("time"), signal::toString);
    }

    @Test
    void aSignalHasNoHistory() {
        Session session = session();
        session.subscribe(channel);
        session.publish(channel, "before");
        session.tell("signal", "channel", channel, "data", 1);
        // in which order these two come is not said: a message is read from the log
        Set<String> told = new TreeSet<>();
        told.add(session.next().type());
        told.add(session.next().type());

        assertEquals(Set.of("message", "signal"), told);
        assertEquals(List.of("before"), data(session.history(channel).docs("messages")));
    }

    @Test
    void aSignalMayComeOverHttp() {
        Session reader = session();
        reader.subscribe(channel);

        wire.post(path() + "?event=typing&name=Bob", "application/json", "{\"a\":1}")
                .expect(202);

        Doc signal = reader.next("signal");
        assertEquals(Doc.of("a", 1L), signal.value("data"));
        assertEquals("Bob", signal.text("from"));
    }

    @Test
    void aStreamBringsSignalsIfItAsks() {
        SseClient asked = events("events/" + Wire.encoded(channel) + "?signals=true");
        SseClient plain = events("events/" + Wire.encoded(channel));

        session().ask("signal", "channel", channel, "data", "a\nb");
        wire.publish(channel, "marker");

        Block signal = asked.event();
        assertEquals("parley.signal", signal.event());
        assertEquals("a\nb", signal.doc().text("data"));
        assertEquals(channel, signal.doc().text("channel"));
        assertFalse(signal.last("id").isPresent(), signal::toString);
        assertEquals("marker", asked.event().json());
        assertEquals("marker", plain.event().json());
    }

    @Test
    void oneWhoSignalsTooFastIsToldWhenToTryAgain() {
        Session session = session();
        String other = channel();
        Doc error = Doc.of("type", "signalled");
        for (int i = 0; i < 100 * Configured.SIGNALS && error.type().equals("signalled"); i++) {
            error = session.ask("signal", "channel", other, "data", i);
        }

        assertTrue(Session.refused(Code.TOO_MANY_REQUESTS, error).number("after") > 0, error::toString);
        assertEquals(
                "signalled",
                session().ask("signal", "channel", other, "data", 1).type());
    }

    @Test
    void overHttpTheRateIsTheUsers() {
        String name = UUID.randomUUID().toString();
        Answer answer =
                wire.post(path() + "?name=" + name, "application/json", "1").expect(202);
        for (int i = 0; i < 100 * Configured.SIGNALS && answer.status() == 202; i++) {
            answer = wire.post(path() + "?name=" + name, "application/json", "1");
        }

        answer.problem(Code.TOO_MANY_REQUESTS);
        assertTrue(Integer.parseInt(answer.header("retry-after")) > 0, answer::toString);
        wire.post(path() + "?name=x" + name.substring(1), "application/json", "1")
                .expect(202);
    }

    @Test
    void badSignalsAreErrors() {
        Session session = session();
        Session.refused(Code.MALFORMED, session.ask("signal", "channel", channel));
        Session.refused(Code.BAD_CHANNEL, session.ask("signal", "channel", "", "data", 1));
        Session.refused(Code.MALFORMED, session.ask("signal", "channel", channel, "data", 1, "event", "parley.x"));
        Session.refused(Code.NOT_PERMITTED, session.ask("signal", "channel", "sys:x", "data", 1));
        Session.refused(
                Code.TOO_LARGE, session.ask("signal", "channel", channel, "data", "x".repeat(Configured.MESSAGE_SIZE)));
        wire.post(path(), "application/json", "nonsense").problem(Code.MALFORMED);
        wire.post("channels/no%20spaces/signals", "application/json", "1").problem(Code.BAD_CHANNEL);
        wire.get("events/" + Wire.encoded(channel) + "?signals=1").problem(Code.MALFORMED);
    }
}
