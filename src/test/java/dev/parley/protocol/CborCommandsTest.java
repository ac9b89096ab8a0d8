package dev.parley.protocol;

import static dev.parley.protocol.Heard.malformed;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parley.core.ChannelName;
import dev.parley.core.Content;
import dev.parley.core.Message;
import dev.parley.core.Position;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Commands in binary frames, and what goes out in them. */
class CborCommandsTest {
    private static final ChannelName ROOM = new ChannelName("room");
    private static final String CONNECT = "a2626964" + "01" + "6474797065" + "67636f6e6e656374";

    @Test
    void frameHoldsAnyNumberOfCommands() {
        assertHeard(List.of());
        assertHeard(List.of(new Command.Connect(1)), CONNECT);
        assertHeard(List.of(new Command.Connect(1), new Command.Connect(1)), CONNECT, CONNECT);
    }

    @Test
    void dataIsReadAsJson() {
        String data = "[1,{\"$binary\":\"AQ==\",\"type\":\"application/octet-stream\"}]";

        assertHeard(List.of(new Command.Publish(5, ROOM, data, "", null)), publish("82014101"));
    }

    @Test
    void itemThatIsNoCommandIsRefusedAndTheOthersTakeEffect() {
        assertHeard(List.of(malformed(0), new Command.Connect(1)), "01", CONNECT);
        assertHeard(List.of(malformed(5), new Command.Connect(1)), "a1626964" + "05", CONNECT);
        assertHeard(List.of(malformed(5), new Command.Connect(1)), publish("f97e00"), CONNECT);
    }

    @Test
    void afterWhatIsNotWellFormedNothingOfTheFrameIsRead() {
        assertHeard(List.of(new Command.Connect(1), malformed(0)), CONNECT, "1c", CONNECT);
        assertHeard(List.of(malformed(5)), publish("1c"), CONNECT);
        assertHeard(List.of(malformed(0)), "a1");
    }

    @Test
    void messageAndFramesHoldTheSameObjectsAsInJson() {
        var message = new Message(
                ROOM,
                new Position("e", 1),
                new Content(JsonText.binary(new byte[] {1}, "application/octet-stream"), "", ""),
                7);
        var ping = new Frame.Ping();

        assertArrayEquals(CborWriter.sequence(message.as(JsonCodec.MESSAGE)), message.as(CborCodec.MESSAGE));
        assertEquals("a1647479706564" + "70696e67", HexFormat.of().formatHex(CborCodec.bytes(ping)));
    }

    private static String publish(String data) {
        return "a4626964" + "05" + "6474797065" + "677075626c697368" + "676368616e6e656c" + "64726f6f6d" + "6464617461"
                + data;
    }

    private static void assertHeard(List<?> expected, String... items) {
        assertEquals(expected, Heard.in(HexFormat.of().parseHex(String.join("", items))));
    }
}
