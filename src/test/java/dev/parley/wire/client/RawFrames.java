package dev.parley.wire.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;

/** WebSocket frames as RFC 6455, section 5, lays them out, the wrong ones too. */
public final class RawFrames {
    public static final int CONTINUATION = 0;
    public static final int TEXT = 1;
    public static final int BINARY = 2;
    public static final int CLOSE = 8;
    public static final int PING = 9;
    public static final int PONG = 10;

    private static final int FIN = 0x80;
    private static final int RSV1 = 0x40;
    private static final int MASKED = 0x80;
    private static final byte[] MASK = {0x11, 0x22, 0x33, 0x44};

    /** A frame that the server sent. */
    public record Frame(boolean fin, boolean compressed, int opcode, ByteBuffer payload) {
        public String text() {
            return UTF_8.decode(payload.duplicate()).toString();
        }
    }

    private final RawSocket socket;
    private final Deque<Doc> ahead = new ArrayDeque<>();

    RawFrames(RawSocket socket) {
        this.socket = socket;
    }

    public void text(String text) {
        send(true, TEXT, text.getBytes(UTF_8));
    }

    public void send(boolean fin, int opcode, byte[] payload) {
        send((fin ? FIN : 0) | opcode, payload);
    }

    /** @param first the frame's first byte: FIN, the reserved bits, the opcode */
    public void send(int first, byte[] payload) {
        socket.write(masked(first, payload));
    }

    /** Bytes that need be no frames, in one write. */
    public void bytes(byte[]... parts) {
        var whole = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            whole.writeBytes(part);
        }
        socket.write(whole.toByteArray());
    }

    /** @param code of the close, or -1 for none */
    public void close(int code, byte[] reason) {
        var payload = ByteBuffer.allocate(code < 0 ? reason.length : 2 + reason.length);
        if (code >= 0) {
            payload.putShort((short) code);
        }
        send(true, CLOSE, payload.put(reason).array());
    }

    /** Reads until the server ends the connection, as it must after the close. */
    public void awaitEnd() {
        socket.drain();
    }

    /** The next frame, whatever it is. */
    public Frame next() {
        try {
            return read();
        } catch (IOException e) {
            throw new AssertionError("no frame", e);
        }
    }

    /** The next frame of this kind; others are dropped. */
    public Frame next(int opcode) {
        var deadline = new Deadline("frame with opcode " + opcode);
        Frame next = next();
        while (next.opcode() != opcode) {
            deadline.check();
            next = next();
        }
        return next;
    }

    /** The next JSON object of the next text messages, but for {@code ping}. */
    public Doc doc() {
        var deadline = new Deadline("object but pings");
        while (ahead.isEmpty()) {
            deadline.check();
            message().lines().map(Doc::read).filter(Session::isNoPing).forEach(ahead::add);
        }
        return ahead.remove();
    }

    /** The next text message, put together again if it came in several frames. */
    public String message() {
        Frame frame = next(TEXT);
        var whole = new ByteArrayOutputStream();
        whole.writeBytes(frame.payload().array());
        while (!frame.fin()) {
            frame = next(CONTINUATION);
            whole.writeBytes(frame.payload().array());
        }
        return whole.toString(UTF_8);
    }

    /** The code of the server's close frame. */
    public int closed() {
        return code(next(CLOSE));
    }

    /** How the connection ends: the code of the server's close frame, or 1006 if it is cut without one. */
    public int ended() {
        try {
            var deadline = new Deadline("end");
            Frame next = read();
            while (next.opcode() != CLOSE) {
                deadline.check();
                next = read();
            }
            return code(next);
        } catch (SocketTimeoutException e) {
            throw new AssertionError("neither frames nor an end", e);
        } catch (IOException e) {
            return 1006;
        }
    }

    public static int code(Frame close) {
        return close.payload().remaining() < 2 ? 1005 : close.payload().getShort(0) & 0xffff;
    }

    private Frame read() throws IOException {
        DataInputStream in = socket.in();
        int first = in.readUnsignedByte();
        int second = in.readUnsignedByte();
        assertEquals(0, second & MASKED, "servers do not mask");
        long length = second & 0x7f;
        if (length == 126) {
            length = in.readUnsignedShort();
        } else if (length == 127) {
            length = in.readLong();
        }
        return new Frame(
                (first & FIN) != 0, (first & RSV1) != 0, first & 0xf, ByteBuffer.wrap(in.readNBytes((int) length)));
    }

    /** A frame as clients send it. */
    public static byte[] masked(int first, byte[] payload) {
        ByteBuffer frame = head(first, MASKED, payload.length).put(MASK);
        for (int i = 0; i < payload.length; i++) {
            frame.put((byte) (payload[i] ^ MASK[i % MASK.length]));
        }
        return bytes(frame);
    }

    /** A frame as only servers may send it. */
    public static byte[] unmasked(int first, byte[] payload) {
        return bytes(head(first, 0, payload.length).put(payload));
    }

    private static ByteBuffer head(int first, int mask, int length) {
        var frame = ByteBuffer.allocate(14 + length).put((byte) first);
        if (length < 126) {
            return frame.put((byte) (mask | length));
        }
        if (length < 1 << 16) {
            return frame.put((byte) (mask | 126)).putShort((short) length);
        }
        return frame.put((byte) (mask | 127)).putLong(length);
    }

    private static byte[] bytes(ByteBuffer frame) {
        byte[] bytes = new byte[frame.position()];
        frame.flip().get(bytes);
        return bytes;
    }
}
