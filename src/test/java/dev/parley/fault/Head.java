package dev.parley.fault;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.util.Locale;

/** The head of an HTTP answer. */
public final class Head implements Wrapping {
    /** Whoever reads what follows the head. */
    public interface Owner {
        /**
         * @param length of the body, or -1 if it comes in chunks
         * @return what the rest is wrapped in
         */
        Wrapping answered(int status, long length);
    }

    private static final String END = "\r\n\r\n";
    private static final String LENGTH = "\r\ncontent-length:";

    private final Owner owner;
    private final ByteArrayOutputStream head = new ByteArrayOutputStream(256);

    public Head(Owner owner) {
        this.owner = owner;
    }

    @Override
    public void take(byte[] bytes, int from, int to) {
        for (int at = from; at < to; at++) {
            if (head.size() == 0 && (bytes[at] == '\r' || bytes[at] == '\n')) {
                continue; // what was left of the body before
            }
            head.write(bytes[at]);
            if (bytes[at] == '\n' && head.toString(ISO_8859_1).endsWith(END)) {
                String text = head.toString(ISO_8859_1);
                owner.answered(Integer.parseInt(text.split(" ", 3)[1]), length(text.toLowerCase(Locale.ROOT)))
                        .take(bytes, at + 1, to);
                return;
            }
        }
    }

    private static long length(String head) {
        int start = head.indexOf(LENGTH);
        if (start < 0) {
            return -1;
        }
        int end = head.indexOf('\r', start + LENGTH.length());
        return Long.parseLong(head.substring(start + LENGTH.length(), end).trim());
    }
}
