package dev.parley.websocket;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parley.wire.client.RawFrames;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Read as Tyrus reads: what is available, or 16 KiB if that is nothing. */
class MaskedInputTest {
    private static final int[] SIZES = {0, 1, 125, 126, 127, 65_535, 65_536, 0};

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 100, 1_000_000})
    void maskedFramesPassAsTheyAre(int packet) throws IOException {
        byte[] sent = masked(SIZES);

        assertArrayEquals(sent, read(sent, packet));
    }

    @ParameterizedTest
    @CsvSource({"1, 0", "1, 9", "2, 0", "2, 126", "3, 9", "7, 65536", "100, 126", "1000000, 0", "1000000, 65536"})
    void anUnmaskedFrameAndWhatFollowsBecomeAClose(int packet, int size) throws IOException {
        byte[] good = masked(SIZES);
        byte[] bad = RawFrames.unmasked(0x81, new byte[size]);

        byte[] read = read(joined(good, bad, good), packet);

        assertArrayEquals(good, Arrays.copyOf(read, good.length));
        ByteBuffer close = ByteBuffer.wrap(read, good.length, read.length - good.length);
        assertEquals((byte) 0x88, close.get());
        assertEquals(0x80 | close.limit() - good.length - 6, close.get() & 0xff);
        assertEquals(0, close.getInt());
        assertEquals(1002, close.getShort());
    }

    private static byte[] masked(int... sizes) {
        return joined(Arrays.stream(sizes)
                .mapToObj(size -> RawFrames.masked(0x82, new byte[size]))
                .toArray(byte[][]::new));
    }

    private static byte[] joined(byte[]... parts) {
        var whole = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            whole.writeBytes(part);
        }
        return whole.toByteArray();
    }

    private static byte[] read(byte[] sent, int packet) throws IOException {
        var in = new MaskedInput(new Packets(ByteBuffer.wrap(sent), packet));
        var all = new ByteArrayOutputStream();
        while (in.isReady()) {
            byte[] some = new byte[in.available() == 0 ? 16_384 : in.available()];
            all.write(some, 0, in.read(some));
        }
        return all.toByteArray();
    }

    /** What has been sent, so many bytes at a time. */
    private static final class Packets extends ServletInputStream {
        private final ByteBuffer sent;
        private final int size;

        Packets(ByteBuffer sent, int size) {
            this.sent = sent;
            this.size = size;
        }

        @Override
        public int available() {
            return Math.min(size, sent.remaining());
        }

        @Override
        public int read(byte[] bytes, int offset, int length) {
            int read = Math.min(length, available());
            sent.get(bytes, offset, read);
            return read;
        }

        @Override
        public int read() {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean isReady() {
            return sent.hasRemaining();
        }

        @Override
        public boolean isFinished() {
            return !isReady();
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new UnsupportedOperationException();
        }
    }
}
