package dev.parley.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.wire.client.RawFrames;
import dev.parley.wire.client.Session;
import dev.parley.wire.client.Wire;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules of RFC 6455 that no client library lets one break, by hand. */
class FramingIT extends WireSuite {
    private final RawFrames frames = connected();

    FramingIT(Wire wire) {
        super(wire);
    }

    private RawFrames connected() {
        RawFrames opened = raw().upgraded("ws");
        assertEquals("connected", opened.doc().type());
        return opened;
    }

    /** RFC 6455, section 5.1. Tyrus would take it. */
    @ParameterizedTest
    @CsvSource({"0x81, 1", "0x01, 1", "0x80, 0", "0x82, 125", "0x82, 126", "0x89, 0", "0x8a, 1", "0x88, 0"})
    void anUnmaskedFrameIsAProtocolError(int first, int size) {
        frames.bytes(RawFrames.unmasked(first, " ".repeat(size).getBytes(UTF_8)));

        assertEquals(1002, frames.ended());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 200, 20_000})
    void whatCameInThePacketBeforeAnUnmaskedFrameIsTaken(int padding) {
        frames.bytes(
                RawFrames.masked(0x81, connect(padding)),
                RawFrames.masked(0x89, new byte[] {'p'}),
                RawFrames.unmasked(0x81, connect(0)));

        assertEquals("p", frames.next(RawFrames.PONG).text());
        assertEquals(1002, frames.ended());
    }

    @Test
    void anUnmaskedFrameBetweenFragmentsIsAProtocolError() {
        frames.send(false, RawFrames.TEXT, connect(0));
        frames.bytes(RawFrames.unmasked(0x80, new byte[0]));

        assertEquals(1002, frames.ended());
    }

    @Test
    void anUnmaskedFrameWhoseHeadComesInTwoPacketsIsAProtocolError() {
        inTwoPackets(RawFrames.unmasked(0x81, connect(200)), 1);

        assertEquals(1002, frames.ended());
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "0, 2", "0, 5", "0, 10", "200, 1", "200, 3", "200, 7", "20000, 1", "20000, 10000"})
    void aFrameMayComeInTwoPackets(int padding, int cut) {
        inTwoPackets(RawFrames.masked(0x81, connect(padding)), cut);

        assertEquals("connected", frames.doc().type());
    }

    /** The answer to the ping shows that what came with it was read. */
    private void inTwoPackets(byte[] frame, int cut) {
        frames.bytes(RawFrames.masked(0x89, new byte[0]), Arrays.copyOf(frame, cut));
        frames.next(RawFrames.PONG);
        frames.bytes(Arrays.copyOfRange(frame, cut, frame.length));
    }

    private static byte[] connect(int padding) {
        return (Session.command(1, "connect") + " ".repeat(padding)).getBytes(UTF_8);
    }

    @ParameterizedTest
    @ValueSource(ints = {0xc1, 0xa1, 0x91, 0xf1, 0xc2, 0xc9, 0xa8})
    void aReservedBitIsAProtocolError(int first) {
        frames.send(first, Session.command(1, "connect").getBytes(UTF_8));

        assertEquals(1002, frames.ended());
    }

    @ParameterizedTest
    @ValueSource(ints = {RawFrames.PING, RawFrames.PONG, RawFrames.CLOSE})
    void aControlFrameInFragmentsIsAProtocolError(int opcode) {
        frames.send(false, opcode, new byte[0]);

        assertEquals(1002, frames.ended());
    }

    @ParameterizedTest
    @ValueSource(ints = {RawFrames.PING, RawFrames.PONG, RawFrames.CLOSE})
    void aControlFrameOf126BytesIsAProtocolError(int opcode) {
        frames.send(true, opcode, new byte[126]);

        assertEquals(1002, frames.ended());
    }

    @Test
    void aPingOf125BytesIsAnswered() {
        frames.send(true, RawFrames.PING, "p".repeat(125).getBytes(UTF_8));

        assertEquals("p".repeat(125), frames.next(RawFrames.PONG).text());
    }

    @Test
    void aPongThatNobodyAskedForIsPassedOver() {
        frames.send(true, RawFrames.PONG, "hey".getBytes(UTF_8));
        frames.text(Session.command(1, "connect"));

        assertEquals("connected", frames.doc().type());
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 3000, 3999, 4000, 4999})
    void aProperCloseIsEchoedAndTheConnectionEnds(int code) {
        frames.close(code, "bye ä".getBytes(UTF_8));

        assertEquals(code, frames.closed());
        frames.awaitEnd();
    }

    @Test
    void aCloseWithoutACodeIsAnswered() {
        frames.close(-1, new byte[0]);

        assertTrue(frames.closed() <= 1005);
        frames.awaitEnd();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65535})
    void aCloseCodeThatNobodyMaySendIsAProtocolError(int code) {
        frames.close(code, new byte[0]);

        assertEquals(1002, frames.ended());
    }

    @Test
    void halfACloseCodeIsAProtocolError() {
        frames.close(-1, new byte[] {3});

        assertEquals(1002, frames.ended());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ff", "c328", "e282", "eda080"})
    void aReasonThatIsNotUtf8IsAnError(String hex) {
        frames.close(1000, HexFormat.of().parseHex(hex));

        int code = frames.ended();
        assertTrue(code == 1007 || code == 1002, () -> "closed with " + code); // either is right for a broken close
    }

    @ParameterizedTest
    @CsvSource({"e282, 28", "f09f9a, ff", "c3, c3"})
    void aCharacterThatGoesWrongInTheNextFragmentIsClosedWith1007(String begun, String rest) {
        frames.send(false, RawFrames.TEXT, HexFormat.of().parseHex(begun));
        frames.send(true, RawFrames.CONTINUATION, HexFormat.of().parseHex(rest));

        assertEquals(1007, frames.ended());
    }

    @Test
    void aTextThatEndsWithinACharacterIsClosedWith1007() {
        frames.send(false, RawFrames.TEXT, HexFormat.of().parseHex("e2"));
        frames.send(true, RawFrames.CONTINUATION, HexFormat.of().parseHex("82"));

        assertEquals(1007, frames.ended());
    }

    @Test
    void aCloseBetweenFragmentsEndsTheConnection() {
        frames.send(false, RawFrames.TEXT, Session.command(1, "connect").getBytes(UTF_8));
        frames.close(1000, new byte[0]);

        assertEquals(1000, frames.closed());
        frames.awaitEnd();
    }

    @Test
    void aMessageMayComeInEmptyFragmentsToo() {
        frames.send(false, RawFrames.TEXT, new byte[0]);
        frames.send(false, RawFrames.CONTINUATION, Session.command(1, "connect").getBytes(UTF_8));
        frames.send(true, RawFrames.CONTINUATION, new byte[0]);

        assertEquals("connected", frames.doc().type());
    }
}
