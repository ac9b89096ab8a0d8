package dev.parley.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A text of one line. Its bytes are made once for all who get it: those of a WebSocket frame of its own, in which stands what a
 * frame of several lines has of it.
 */
public final class Line {
    private static final byte TEXT = (byte) 0x81; // the first and the last frame of its message (RFC 6455, section 5.2)
    private static final int LONGEST_HEAD = 10;

    private final String text;
    private final byte[] bytes; // the head of a frame, the text in UTF-8, a line break
    private final int head;

    public Line(String text) {
        byte[] encoded = text.getBytes(UTF_8);
        ByteBuffer frame = begin(encoded.length, encoded.length + 1);
        this.head = frame.position();
        frame.put(encoded).put((byte) '\n').flip();
        this.text = text;
        this.bytes = new byte[frame.limit()];
        frame.get(bytes);
    }

    public String text() {
        return text;
    }

    /** How many bytes the text has in UTF-8, and one for a line break. */
    public int length() {
        return bytes.length - head;
    }

    /** A text frame as servers send it. Its bytes must not be changed. */
    public ByteBuffer frame() {
        return ByteBuffer.wrap(bytes, 0, bytes.length - 1);
    }

    /** Several lines as one text, with line breaks between them. */
    public static String text(List<Line> lines) {
        return lines.stream().map(Line::text).collect(Collectors.joining("\n"));
    }

    /**
     * A text frame of several lines, with line breaks between them.
     *
     * @param length of all, by {@link #length}
     */
    public static ByteBuffer frame(List<Line> lines, int length) {
        ByteBuffer frame = begin(length - 1, length);
        lines.forEach(line -> frame.put(line.bytes, line.head, line.length()));
        return frame.flip().limit(frame.limit() - 1);
    }

    /**
     * @param payload how many bytes the frame is to have after its head
     * @param room how many are to be put after it
     */
    private static ByteBuffer begin(int payload, int room) {
        ByteBuffer frame = ByteBuffer.allocate(LONGEST_HEAD + room).put(TEXT);
        if (payload < 126) {
            return frame.put((byte) payload);
        }
        if (payload < 1 << 16) {
            return frame.put((byte) 126).putShort((short) payload);
        }
        return frame.put((byte) 127).putLong(payload);
    }
}
