package dev.parley.fault;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;

/** The body of an HTTP answer, in chunks (RFC 9112, section 7.1) or of a known length. */
public final class Body implements Wrapping {
    private static final int HEX = 16;

    private final Lines lines;
    private final Runnable end;
    private final boolean chunked;
    private final ByteArrayOutputStream size = new ByteArrayOutputStream(8);
    private long missing; // of the chunk or of the whole body

    /**
     * @param length of the body, or -1 if it comes in chunks
     * @param end called after the last byte
     */
    public Body(long length, Lines lines, Runnable end) {
        this.lines = lines;
        this.end = end;
        this.chunked = length < 0;
        this.missing = chunked ? 0 : length;
    }

    @Override
    public void take(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to) {
            if (missing == 0) {
                sizeByte(bytes[at++]);
                continue;
            }
            int piece = (int) Math.min(missing, to - at);
            lines.take(bytes, at, at + piece);
            missing -= piece;
            at += piece;
            if (missing == 0 && !chunked) {
                ended();
            }
        }
    }

    /** The line before a chunk, with the line break after the chunk before it. */
    private void sizeByte(byte b) {
        if (b != '\r' && b != '\n') {
            size.write(b);
        } else if (b == '\n' && size.size() > 0) {
            missing = Long.parseLong(size.toString(US_ASCII), HEX);
            size.reset();
            if (missing == 0) {
                ended();
            }
        }
    }

    private void ended() {
        lines.end();
        end.run();
    }
}
