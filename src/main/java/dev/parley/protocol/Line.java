package dev.parley.protocol;

/** A text of one line: as it is, if it goes alone, and in the form that a writer copies fastest, if others go before it. */
public final class Line {
    private final String text;
    private final char[] characters;

    public Line(String text) {
        this.text = text;
        this.characters = new char[text.length() + 1];
        characters[0] = '\n';
        text.getChars(0, text.length(), characters, 1);
    }

    public String text() {
        return text;
    }

    /** A line break and the text. Must not be changed. */
    public char[] characters() {
        return characters;
    }

    /** How many characters there are, with the line break. */
    public int length() {
        return characters.length;
    }
}
