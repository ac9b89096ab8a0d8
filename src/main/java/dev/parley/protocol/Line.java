package dev.parley.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

/** A text of one line: as it is, if it goes alone, and in bytes that are only to be copied, for a frame of several. */
public final class Line {
    private final String text;
    private final byte[] bytes;

    public Line(String text) {
        this.text = text;
        this.bytes = ("\n" + text).getBytes(UTF_8);
    }

    public String text() {
        return text;
    }

    /** A line break and the text, in UTF-8. Must not be changed. */
    public byte[] bytes() {
        return bytes;
    }

    /** How many bytes there are, with the line break. */
    public int length() {
        return bytes.length;
    }
}
