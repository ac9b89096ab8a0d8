package dev.parley.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.wire.client.Doc;
import dev.parley.wire.client.RawFrames;
import dev.parley.wire.client.RawSocket;
import dev.parley.wire.client.Session;
import dev.parley.wire.client.Wire;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** On Tomcat, the one of {@code java -jar} and a foreign one, Parley writes the frames of {@code /ws} itself, beside Tomcat. */
class WholeFramesIT {
    private static final String CHANNEL = "chat:lobby";
    /** Several times what the sockets on both sides hold. */
    private static final int MESSAGES = 200;

    private static final int LENGTH = 60_000;
    private static final String HISTORY = "-Dparley.namespace.chat.history-bytes=64MiB";
    private static final int PINGS = 20;

    /** Longer ones than Tomcat's buffer, which it would send in pieces; and no PONG in the middle of one that is being written. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void framesAreWholeAndPongsStandBetweenThem(boolean own) {
        try (var parley = own ? ParleyProcess.start(HISTORY) : ParleyProcess.startInTomcat(HISTORY);
                var wire = new Wire(parley.base());
                var socket = new RawSocket(wire, 0)) {
            RawFrames frames = socket.upgraded("ws", "Sec-WebSocket-Protocol: parley.v1");
            frames.text(Session.command(1, "subscribe", "channel", CHANNEL));
            frames.doc();
            assertEquals("subscribed", frames.doc().text("type"));
            for (int i = 0; i < MESSAGES; i++) {
                wire.publish(CHANNEL, "x".repeat(LENGTH));
            }
            IntStream.range(0, PINGS).forEach(i -> frames.send(true, RawFrames.PING, new byte[] {(byte) i}));

            List<Byte> pongs = new ArrayList<>();
            int messages = 0;
            while (messages < MESSAGES || pongs.size() < PINGS) {
                RawFrames.Frame frame = frames.next();
                assertTrue(frame.fin(), frame::toString);
                if (frame.opcode() == RawFrames.PONG) {
                    pongs.add(frame.payload().get(0));
                } else {
                    messages += (int) frame.text()
                            .lines()
                            .map(Doc::read)
                            .filter(doc -> doc.text("type").equals("message"))
                            .count();
                }
            }
            assertEquals(IntStream.range(0, PINGS).mapToObj(i -> (byte) i).toList(), pongs);
        }
    }
}
