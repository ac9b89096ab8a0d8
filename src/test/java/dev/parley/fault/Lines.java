package dev.parley.fault;

import java.io.ByteArrayOutputStream;

/** Cuts what comes in pieces into lines, without copying those that come in one. */
public final class Lines {
    private final Inbox inbox;
    private final ByteArrayOutputStream begun = new ByteArrayOutputStream(0);

    public Lines(Inbox inbox) {
        this.inbox = inbox;
    }

    public void take(byte[] bytes, int from, int to) {
        int start = from;
        for (int i = from; i < to; i++) {
            if (bytes[i] == '\n') {
                line(bytes, start, i);
                start = i + 1;
            }
        }
        begun.write(bytes, start, to - start);
    }

    /** What has come so far is a whole line, as at the end of a text. */
    public void end() {
        line(new byte[0], 0, 0);
    }

    private void line(byte[] bytes, int from, int to) {
        if (begun.size() == 0) {
            inbox.line(bytes, from, to);
        } else {
            begun.write(bytes, from, to - from);
            byte[] whole = begun.toByteArray();
            begun.reset();
            inbox.line(whole, 0, whole.length);
        }
    }
}
