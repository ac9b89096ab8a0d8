package dev.parley.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.fault.ParleyProcess;
import dev.parley.wire.client.Answer;
import dev.parley.wire.client.Doc;
import dev.parley.wire.client.RawFrames;
import dev.parley.wire.client.RawSocket;
import dev.parley.wire.client.Wire;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.junit.jupiter.api.Test;

/** {@code permessage-deflate} (RFC 7692): only where the operator and the client want it. */
class CompressionIT {
    private static final String ON = "-Dparley.compression=true";
    private static final String LARGE = "-Dparley.compression-threshold=500";
    private static final String ECHO = "-Dparley.echo=true";
    private static final String OFFER = "Sec-WebSocket-Extensions: permessage-deflate";

    /** What a sender leaves away at the end of a message (RFC 7692, section 7.2.1). */
    private static final byte[] TAIL = {0, 0, (byte) 0xff, (byte) 0xff};

    @Test
    void switchedOnItIsNegotiatedAndMessagesAreCompressed() throws DataFormatException {
        try (var parley = ParleyProcess.start(ON, "-Dparley.compression-threshold=1")) {
            assertGreetsCompressed(parley);
        }
    }

    @Test
    void messagesBelowTheThresholdGoAsTheyAreAndAllCanBeRead() throws DataFormatException {
        try (var parley = ParleyProcess.start(ON, LARGE, ECHO)) {
            assertOnlyLargeMessagesAreCompressed(parley);
        }
    }

    @Test
    void soTheyDoInATomcatThatIsNotParleysOwn() throws DataFormatException {
        try (var parley = ParleyProcess.startInTomcat(ON, LARGE, ECHO)) {
            assertOnlyLargeMessagesAreCompressed(parley);
        }
    }

    @Test
    void soTheyDoInTomcat10() throws DataFormatException {
        try (var parley = ParleyProcess.startInTomcat10(ON, LARGE, ECHO)) {
            assertOnlyLargeMessagesAreCompressed(parley);
        }
    }

    @Test
    void theThresholdHoldsForChatsAndCommandsToo() {
        try (var parley = ParleyProcess.start(ON, LARGE);
                var wire = new Wire(parley.base());
                var commands = new RawSocket(wire, 0);
                var chat = new RawSocket(wire, 0)) {
            assertNegotiated(commands.handshake("ws", OFFER));
            assertFalse(commands.frames().next(RawFrames.TEXT).compressed());
            assertNegotiated(chat.handshake("chat/short?after=earliest", OFFER));
            chat.frames().text("short");
            assertFalse(chat.frames().next(RawFrames.TEXT).compressed());
        }
    }

    @Test
    void inPayaraNothingIsNegotiated() {
        try (var parley = ParleyProcess.startInPayara(ON)) {
            assertGreetsPlain(parley);
        }
    }

    @Test
    void aClientThatDoesNotOfferItGetsPlainMessages() {
        try (var parley = ParleyProcess.start(ON);
                var wire = new Wire(parley.base());
                var socket = new RawSocket(wire, 0)) {
            assertEquals("connected", socket.upgraded("ws").doc().type());
        }
    }

    @Test
    void itIsOffByDefault() {
        try (var parley = ParleyProcess.start()) {
            assertGreetsPlain(parley);
        }
    }

    private static void assertOnlyLargeMessagesAreCompressed(ParleyProcess parley) throws DataFormatException {
        var inflater = new Inflater(true);
        try (var wire = new Wire(parley.base());
                var socket = new RawSocket(wire, 0)) {
            assertNegotiated(socket.handshake("echo", OFFER));

            for (int length : List.of(499, 500, 10, 100_000, 499, 20_000, 0, 1)) {
                String text = "text ".repeat(length / 5 + 1).substring(0, length);
                socket.frames().text(text);
                RawFrames.Frame frame = socket.frames().next(RawFrames.TEXT);
                assertEquals(length >= 500, frame.compressed(), length + " bytes");
                var got = new ByteArrayOutputStream();
                got.writeBytes(bytes(frame));
                while (!frame.fin()) {
                    frame = socket.frames().next(RawFrames.CONTINUATION);
                    got.writeBytes(bytes(frame));
                }
                byte[] payload = got.toByteArray();
                assertEquals(text, length >= 500 ? inflated(inflater, payload) : new String(payload, UTF_8));
            }
        } finally {
            inflater.end();
        }
    }

    /** The first message, which is a short one. */
    private static void assertGreetsCompressed(ParleyProcess parley) throws DataFormatException {
        var inflater = new Inflater(true);
        try (var wire = new Wire(parley.base());
                var socket = new RawSocket(wire, 0)) {
            assertNegotiated(socket.handshake("ws", OFFER));

            RawFrames.Frame frame = socket.frames().next(RawFrames.TEXT);

            assertTrue(frame.compressed());
            assertEquals("connected", Doc.read(inflated(inflater, bytes(frame))).type());
        } finally {
            inflater.end();
        }
    }

    private static void assertGreetsPlain(ParleyProcess parley) {
        try (var wire = new Wire(parley.base());
                var socket = new RawSocket(wire, 0)) {
            assertEquals("", socket.handshake("ws", OFFER).header("sec-websocket-extensions"));
            assertEquals("connected", socket.frames().doc().type());
        }
    }

    private static void assertNegotiated(Answer handshake) {
        assertTrue(handshake.header("sec-websocket-extensions").startsWith("permessage-deflate"));
    }

    private static byte[] bytes(RawFrames.Frame frame) {
        byte[] bytes = new byte[frame.payload().remaining()];
        frame.payload().get(bytes);
        return bytes;
    }

    /** @param inflater has what it needs of the messages before */
    private static String inflated(Inflater inflater, byte[] payload) throws DataFormatException {
        byte[] text = new byte[1 << 18];
        inflater.setInput(payload);
        int length = inflater.inflate(text);
        inflater.setInput(TAIL);
        length += inflater.inflate(text, length, text.length - length);
        return new String(text, 0, length, UTF_8);
    }
}
