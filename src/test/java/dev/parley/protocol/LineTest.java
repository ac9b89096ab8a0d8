package dev.parley.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LineTest {
    private static final HexFormat HEX = HexFormat.of();

    @ParameterizedTest
    @CsvSource({"0, 8100", "125, 817d", "126, 817e007e", "65535, 817effff", "65536, 817f0000000000010000"})
    void frameHasItsLengthInAsManyBytesAsItTakes(int length, String head) {
        String text = "x".repeat(length);

        assertEquals(head + HEX.formatHex(text.getBytes(UTF_8)), hex(new Line(text).frame()));
    }

    @Test
    void lengthIsThatOfTheBytesAndOneForALineBreak() {
        var line = new Line("aä€");

        assertEquals(7, line.length());
        assertEquals("810661c3a4e282ac", hex(line.frame()));
    }

    @ParameterizedTest
    @CsvSource({"59, 817d", "60, 817e007e"})
    void severalHaveLineBreaksBetweenThem(int length, String head) {
        var lines = List.of(new Line("{}"), new Line("ä".repeat(31)), new Line("x".repeat(length)));
        int all = lines.stream().mapToInt(Line::length).sum();
        String text = "{}\n" + "ä".repeat(31) + "\n" + "x".repeat(length);

        assertEquals(text, Line.text(lines));
        assertEquals(head + HEX.formatHex(text.getBytes(UTF_8)), hex(Line.frame(lines, all)));
    }

    private static String hex(ByteBuffer frame) {
        byte[] bytes = new byte[frame.remaining()];
        frame.get(bytes);
        return HEX.formatHex(bytes);
    }
}
