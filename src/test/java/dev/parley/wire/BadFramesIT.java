package dev.parley.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parley.wire.client.RawFrames;
import dev.parley.wire.client.Session;
import dev.parley.wire.client.Wire;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Frames that RFC 6455 forbids or {@code /ws} does not take: the close code of the table, and nothing of it takes effect. */
class BadFramesIT extends WireSuite {
    private final String channel = channel();
    private final RawFrames frames = connected();

    BadFramesIT(Wire wire) {
        super(wire);
    }

    private RawFrames connected() {
        RawFrames opened = raw().upgraded("ws");
        assertEquals("connected", opened.doc().type());
        return opened;
    }

    private byte[] publish(String data) {
        return Session.command(1, "publish", "channel", channel, "data", data).getBytes(UTF_8);
    }

    @AfterEach
    void nothingWasPublishedAndTheServerIsWell() {
        Session other = session();
        other.publish(channel, "marker");

        List<Object> stored = data(other.history(channel).docs("messages"));
        assertEquals("marker", stored.getLast());
        assertEquals(List.of(), stored.stream().filter("bad"::equals).toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ff", "c3 28", "e2 82", "c0 af", "ed a0 80", "f4 90 80 80", "f0 9f 9a"})
    void invalidUtf8IsClosedWith1007(String hex) {
        byte[] start = publish("bad");
        byte[] invalid = HexFormat.ofDelimiter(" ").parseHex(hex);
        byte[] text = Arrays.copyOf(start, start.length + invalid.length);
        System.arraycopy(invalid, 0, text, start.length, invalid.length);

        frames.send(true, RawFrames.TEXT, text);

        assertEquals(1007, frames.closed());
    }

    @Test
    void invalidUtf8InALaterFragmentIsClosedWith1007() {
        frames.send(false, RawFrames.TEXT, publish("bad"));
        frames.send(true, RawFrames.CONTINUATION, new byte[] {(byte) 0xff});

        assertEquals(1007, frames.closed());
    }

    @Test
    void aCharacterMayBeCutBetweenTwoFragments() {
        byte[] text = publish("ä🚀");
        for (int i = 0; i < text.length; i++) {
            int opcode = i == 0 ? RawFrames.TEXT : RawFrames.CONTINUATION;
            frames.send(i == text.length - 1, opcode, new byte[] {text[i]});
        }

        assertEquals("published", frames.doc().type());
        assertEquals(
                "ä🚀", session().history(channel).docs("messages").getFirst().text("data"));
    }

    @Test
    void aPingBetweenFragmentsIsAnsweredAndTheMessageIsWhole() {
        byte[] text = publish("good");

        frames.send(false, RawFrames.TEXT, Arrays.copyOf(text, 10));
        frames.send(true, RawFrames.PING, "hey".getBytes(UTF_8));
        frames.send(true, RawFrames.CONTINUATION, Arrays.copyOfRange(text, 10, text.length));

        assertEquals("hey", frames.next(RawFrames.PONG).text());
        assertEquals("published", frames.doc().type());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1000})
    void binaryIsNotTakenOnTheTextProtocol(int size) {
        frames.send(true, RawFrames.BINARY, new byte[size]);

        assertEquals(1003, frames.closed());
    }

    @Test
    void aCommandInABinaryFrameTakesNoEffect() {
        frames.send(true, RawFrames.BINARY, publish("bad"));

        assertEquals(1003, frames.closed());
    }

    @Test
    void aCommandInAnUnmaskedFrameTakesNoEffect() {
        frames.bytes(RawFrames.unmasked(0x81, publish("bad")));

        assertEquals(1002, frames.closed());
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 7, 11, 15})
    void aReservedOpcodeIsAProtocolError(int opcode) {
        frames.send(true, opcode, new byte[0]);

        assertEquals(1002, frames.closed());
    }

    @Test
    void aContinuationOfNothingIsAProtocolError() {
        frames.send(true, RawFrames.CONTINUATION, publish("bad"));

        assertEquals(1002, frames.closed());
    }

    @Test
    void aNewMessageWithinAnotherIsAProtocolError() {
        frames.send(false, RawFrames.TEXT, " ".getBytes(UTF_8));
        frames.send(true, RawFrames.TEXT, publish("bad"));

        assertEquals(1002, frames.closed());
    }

    @Test
    void anOversizedControlFrameIsAProtocolError() {
        frames.send(true, RawFrames.PING, new byte[126]);

        assertEquals(1002, frames.closed());
    }

    @Test
    void aMessageCutInTheMiddleIsNoMessage() {
        var socket = raw();
        var cut = socket.upgraded("ws");
        cut.send(false, RawFrames.TEXT, publish("bad"));

        socket.endOutput();
        socket.drain();
    }
}
