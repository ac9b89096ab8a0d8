package dev.parley.wire;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parley.wire.client.Code;
import dev.parley.wire.client.Session;
import dev.parley.wire.client.Wire;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several commands in one frame, one a line. */
class BatchesIT extends WireSuite {
    private final String channel = channel();
    private final Session session = session();

    BatchesIT(Wire wire) {
        super(wire);
    }

    @Test
    void commandsOfOneFrameTakeEffectInTheirOrder() {
        session.raw(IntStream.rangeClosed(1, 200)
                .mapToObj(i -> Session.command(i, "publish", "channel", channel, "data", i))
                .collect(joining("\n")));

        for (int i = 1; i <= 200; i++) {
            assertEquals(i, session.next("published").number("re"));
        }
        assertEquals(
                numbers(1, 200), data(session.history(channel, "limit", 500).docs("messages")));
    }

    @Test
    void subscribePublishAndUnsubscribeInOneFrame() {
        session.raw(String.join(
                "\n",
                Session.command(1, "subscribe", "channel", channel),
                Session.command(2, "publish", "channel", channel, "data", "x"),
                Session.command(3, "history", "channel", channel)));

        session.reply(1);
        session.reply(2);
        assertEquals(List.of("x"), data(session.reply(3).docs("messages")));
        assertEquals("x", session.next("message").text("data"));
    }

    @Test
    void aBadLineGetsItsErrorAndTheOthersTakeEffect() {
        session.raw(String.join(
                "\n",
                Session.command(1, "publish", "channel", channel, "data", "before"),
                "{\"type\":\"publish\",",
                Session.command(2, "publish", "channel", "bad name", "data", "x"),
                Session.command(3, "publish", "channel", channel, "data", "after")));

        assertEquals(1, session.next("published").number("re"));
        session.error(Code.MALFORMED);
        session.error(Code.BAD_CHANNEL, 2);
        assertEquals(3, session.next("published").number("re"));
        assertEquals(List.of("before", "after"), data(session.history(channel).docs("messages")));
    }

    @Test
    void aLineBreakAtTheEndIsNoFurtherCommand() {
        session.raw(Session.command(1, "publish", "channel", channel, "data", "x") + "\n");

        assertEquals(1, session.next("published").number("re"));
        session.publish(channel, "marker");
    }

    @Test
    void windowsLineEndsAreWhitespace() {
        session.raw(Session.command(1, "publish", "channel", channel, "data", "x") + "\r\n"
                + Session.command(2, "publish", "channel", channel, "data", "y") + "\r\n");

        assertEquals(1, session.next("published").number("re"));
        assertEquals(2, session.next("published").number("re"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{", "}", "[", "]", "\"", "{\"data\":", "{\"data\":[1,", "{\"a\":\"", "\\", "nonsense", "7"})
    void aLineThatIsBrokenOffTakesNoOtherWithIt(String broken) {
        session.raw(String.join(
                "\n",
                Session.command(1, "publish", "channel", channel, "data", "before"),
                broken,
                Session.command(2, "publish", "channel", channel, "data", "after")));

        assertEquals(1, session.next("published").number("re"));
        session.error(Code.MALFORMED);
        assertEquals(2, session.next("published").number("re"));
        session.publish(channel, "marker");
        assertEquals(
                List.of("before", "after", "marker"),
                data(session.history(channel).docs("messages")));
    }
}
