package dev.parley.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.fault.ParleyProcess;
import dev.parley.wire.client.Doc;
import dev.parley.wire.client.RawFrames;
import dev.parley.wire.client.RawSocket;
import dev.parley.wire.client.Wire;
import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.junit.jupiter.api.Test;

/** {@code permessage-deflate} (RFC 7692): only where the operator and the client want it. */
class CompressionIT {
    private static final String OFFER = "Sec-WebSocket-Extensions: permessage-deflate";

    /** What a sender leaves away at the end of a message (RFC 7692, section 7.2.1). */
    private static final byte[] TAIL = {0, 0, (byte) 0xff, (byte) 0xff};

    @Test
    void switchedOnItIsNegotiatedAndMessagesAreCompressed() throws DataFormatException {
        try (var parley = ParleyProcess.start("-Dparley.compression=true");
                var wire = new Wire(parley.base());
                var socket = new RawSocket(wire, 0)) {
            assertTrue(socket.handshake("ws", OFFER)
                    .header("sec-websocket-extensions")
                    .startsWith("permessage-deflate"));

            RawFrames.Frame frame = socket.frames().next(RawFrames.TEXT);

            assertTrue(frame.compressed());
            assertEquals("connected", Doc.read(inflated(frame.payload())).type());
        }
    }

    @Test
    void aClientThatDoesNotOfferItGetsPlainMessages() {
        try (var parley = ParleyProcess.start("-Dparley.compression=true");
                var wire = new Wire(parley.base());
                var socket = new RawSocket(wire, 0)) {
            assertEquals("connected", socket.upgraded("ws").doc().type());
        }
    }

    @Test
    void itIsOffByDefault() {
        try (var parley = ParleyProcess.start();
                var wire = new Wire(parley.base());
                var socket = new RawSocket(wire, 0)) {
            assertEquals("", socket.handshake("ws", OFFER).header("sec-websocket-extensions"));
            assertEquals("connected", socket.frames().doc().type());
        }
    }

    private static String inflated(ByteBuffer payload) throws DataFormatException {
        var inflater = new Inflater(true);
        try {
            byte[] text = new byte[1 << 12];
            inflater.setInput(payload);
            int length = inflater.inflate(text);
            inflater.setInput(TAIL);
            length += inflater.inflate(text, length, text.length - length);
            return new String(text, 0, length, UTF_8);
        } finally {
            inflater.end();
        }
    }
}
