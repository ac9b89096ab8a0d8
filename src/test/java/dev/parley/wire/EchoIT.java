package dev.parley.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parley.wire.client.RawFrames;
import dev.parley.wire.client.Wire;
import dev.parley.wire.client.WsClient;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code /echo}: what was sent comes back as it was. */
@Isolated
class EchoIT extends WireSuite {
    private final WsClient client = socket("echo");

    EchoIT(Wire wire) {
        super(wire);
    }

    private static byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 125, 126, 65_535, 65_536, 1 << 20, Configured.ECHO_SIZE})
    void binaryComesBack(int size) {
        byte[] sent = bytes(size);

        client.send(sent, true);

        assertArrayEquals(sent, client.binary());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 125, 126, 65_535, 65_536, 1 << 20, Configured.ECHO_SIZE})
    void textComesBack(int size) {
        String sent = "abcdefghijklmnop".repeat(size / 16 + 1).substring(0, size);

        client.send(sent);

        assertEquals(sent, client.text());
    }

    @Test
    void textOfSeveralBytesACharacterComesBack() {
        String sent = "ä€🚀\u0000\n".repeat(20_000);

        client.send(sent);

        assertEquals(sent, client.text());
    }

    @Test
    void fragmentsComeBackAsOneMessage() {
        byte[] part = bytes(10_000);
        for (int i = 0; i < 9; i++) {
            client.send(part, false);
            client.ping();
        }
        client.send(part, true);

        byte[] whole = client.binary();
        assertEquals(100_000, whole.length);
        for (int i = 0; i < whole.length; i++) {
            assertEquals(part[i % part.length], whole[i]);
        }
    }

    @Test
    void emptyFragmentsAddNothing() {
        client.send("", false);
        client.send("a", false);
        client.send("", false);
        client.send("b", false);
        client.send("", true);

        assertEquals("ab", client.text());
    }

    @Test
    void textAndBinaryKeepTheirOrder() {
        for (int i = 0; i < 50; i++) {
            client.send("text " + i);
            client.send(new byte[] {(byte) i}, true);
        }

        for (int i = 0; i < 50; i++) {
            assertEquals("text " + i, client.text());
            assertArrayEquals(new byte[] {(byte) i}, client.binary());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {RawFrames.TEXT, RawFrames.BINARY})
    void oneByteOverTheLimitIsTooBig(int opcode) {
        var frames = raw().upgraded("echo");

        frames.send(true, opcode, new byte[Configured.ECHO_SIZE + 1]);

        assertEquals(1009, frames.closed());
    }

    @Test
    void fragmentsAreCountedTogether() {
        byte[] half = new byte[Configured.ECHO_SIZE / 2];
        client.send(half, false);
        client.send(half, false);
        client.send(new byte[1], true);

        assertEquals(1009, client.closed());
    }

    @Test
    void invalidUtf8IsClosedWith1007() {
        var frames = raw().upgraded("echo");

        frames.send(true, RawFrames.TEXT, new byte[] {(byte) 0xff});

        assertEquals(1007, frames.closed());
    }
}
