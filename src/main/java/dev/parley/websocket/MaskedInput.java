package dev.parley.websocket;

import static java.nio.charset.StandardCharsets.US_ASCII;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What a client sends, up to the first frame that is not masked: in its place stands a close with 1002 (RFC 6455, section 5.1), which
 * an engine answers as any close, and after it nothing. Looks at the heads of the frames as they pass, and keeps at most one byte.
 * It is read in arrays of at least two bytes, by one thread at a time.
 */
final class MaskedInput extends ServletInputStream {
    private static final int HEAD = 2; // what each frame begins with, in bytes
    private static final int KEY = 4;
    private static final String REASON = "a frame of a client was not masked";
    private static final byte[] CLOSE = ByteBuffer.allocate(HEAD + KEY + Short.BYTES + REASON.length())
            .put((byte) 0x88)
            .put((byte) (0x80 | Short.BYTES + REASON.length()))
            .putInt(0) // a mask that changes nothing
            .putShort((short) 1002)
            .put(REASON.getBytes(US_ASCII))
            .array();

    private final ServletInputStream in;
    private @Nullable ByteArrayInputStream close; // once a frame was not masked
    private boolean halfHead; // whether one byte of a head has come, and waits for the other
    private byte first; // that byte
    private int lengthBytes; // of an extended length, still to come
    private long rest; // bytes until the next head, without those

    MaskedInput(ServletInputStream in) {
        this.in = in;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (close != null && close.available() > 0) {
            return close.read(bytes, offset, length);
        }
        int begin = offset;
        if (halfHead) {
            bytes[begin++] = first;
        }
        int read = in.read(bytes, begin, offset + length - begin);
        if (read < 0 || close != null) {
            return Math.min(read, 0);
        }
        int end = begin + read;
        int passed = pass(bytes, offset, end);
        halfHead = end - passed == 1;
        if (halfHead) {
            first = bytes[passed];
        } else if (passed < end) {
            close = new ByteArrayInputStream(CLOSE);
        }
        return passed - offset;
    }

    /** @return where there is half a head or the head of a frame that is not masked, or else {@code end} */
    private int pass(byte[] bytes, int begin, int end) {
        int at = begin;
        while (at < end) {
            if (lengthBytes > 0) {
                lengthBytes--;
                rest += (bytes[at++] & 0xffL) << Byte.SIZE * lengthBytes;
            } else if (rest > 0) {
                int passed = (int) Math.min(rest, end - at);
                rest -= passed;
                at += passed;
            } else if (end - at < HEAD || bytes[at + 1] >= 0) { // the mask bit is the sign
                return at;
            } else {
                int size = bytes[at + 1] & 0x7f;
                lengthBytes = size == 127 ? Long.BYTES : size == 126 ? Short.BYTES : 0;
                rest = KEY + (lengthBytes > 0 ? 0 : size);
                at += HEAD;
            }
        }
        return at;
    }

    /** @throws UnsupportedOperationException always: half a head could not be kept back */
    @Override
    public int read() {
        throw new UnsupportedOperationException();
    }

    @Override
    public int available() throws IOException {
        if (close != null) {
            return close.available();
        }
        int available = in.available();
        return halfHead && available > 0 ? 1 + available : available;
    }

    @Override
    public boolean isReady() {
        return close != null && close.available() > 0 || in.isReady();
    }

    @Override
    public boolean isFinished() {
        return in.isFinished();
    }

    @Override
    public void setReadListener(ReadListener listener) {
        in.setReadListener(listener);
    }
}
