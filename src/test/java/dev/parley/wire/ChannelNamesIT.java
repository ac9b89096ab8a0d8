package dev.parley.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parley.wire.client.Code;
import dev.parley.wire.client.Wire;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A channel's name is one percent-encoded segment of a path. */
class ChannelNamesIT extends WireSuite {
    ChannelNamesIT(Wire wire) {
        super(wire);
    }

    private static String unique(String name) {
        return name + channel().substring("chat:".length());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "A.b_c~d-e", "chat:", ":", ":a", "a:b:c", "..", "-", "latest", "messages"})
    void allAllowedCharactersAreGoodEverywhere(String start) {
        String channel = unique(start);
        var session = session();
        session.subscribe(channel);
        var stream = events("events/" + Wire.encoded(channel));

        wire.publish(channel, "x");

        assertEquals(channel, session.next("message").text("channel"));
        assertEquals("x", stream.event().json());
        assertEquals(
                1,
                wire.get("poll?channel=" + channel + "&after=earliest")
                        .doc()
                        .docs("messages")
                        .size());
        assertEquals(
                1,
                wire.get(Wire.messages(channel))
                        .expect(200)
                        .doc()
                        .docs("messages")
                        .size());
    }

    @Test
    void encodedOrNotItIsTheSameChannel() {
        String channel = channel();

        wire.post("channels/" + channel + "/messages", "application/json", "1").expect(201);
        wire.post("channels/" + channel.replace(":", "%3A") + "/messages", "application/json", "2")
                .expect(201);
        wire.post("channels/" + channel.replace(":", "%3a").replace("c", "%63") + "/messages", "application/json", "3")
                .expect(201);

        assertEquals(numbers(1, 3), data(wire.get(Wire.messages(channel)).doc().docs("messages")));
    }

    @Test
    void upperAndLowerCaseAreDifferent() {
        String channel = unique("case");

        wire.publish(channel, "lower");
        wire.publish(channel.toUpperCase(Locale.ROOT), "upper");

        assertEquals(1, wire.get(Wire.messages(channel)).doc().docs("messages").size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"%20", "a%20b", "a+b", "%C3%A4", "a%2Ab", "a%0A", "a@b", "a%22b", "a,b", "a'b", "%7B%7D"})
    void anythingElseIsABadName(String segment) {
        String path = "channels/" + segment + "/messages";

        wire.post(path, "application/json", "1").problem(Code.BAD_CHANNEL);
        wire.get(path).problem(Code.BAD_CHANNEL);
        wire.get(path + "/latest").problem(Code.BAD_CHANNEL);
    }

    /** Who refuses it depends on the container, as the table of engines says. */
    @ParameterizedTest
    @ValueSource(strings = {"a%2Fb", "a%5Cb"})
    void slashesAreRefused(String segment) {
        assertEquals(400, wire.get("channels/" + segment + "/messages").status());
    }

    @Test
    void theLongestNameIsTakenAndALongerOneRefused() {
        String unique = unique("n");
        String longest = unique + "n".repeat(Configured.CHANNEL_LENGTH - unique.length());
        var session = session();

        session.subscribe(longest);
        wire.publish(longest, "x");

        assertEquals("x", session.next("message").text("data"));
        wire.post(Wire.messages(longest + "n"), "application/json", "1").problem(Code.BAD_CHANNEL);
        assertEquals(
                Code.BAD_CHANNEL.number(),
                session.ask("subscribe", "channel", longest + "n").number("code"));
    }
}
