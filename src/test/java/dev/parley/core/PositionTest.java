package dev.parley.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.StringLength;

class PositionTest {
    private static final long LARGEST = 999_999_999_999_999_999L;

    @Property
    void textNamesThePosition(
            @ForAll @CharRange(from = 'a', to = 'z') @CharRange(from = '0', to = '9') @StringLength(min = 1, max = 32)
                    String epoch,
            @ForAll @LongRange(max = LARGEST) long offset) {
        var position = new Position(epoch, offset);

        assertEquals(Optional.of(position), Position.parse(position.toString()));
        assertEquals(Optional.of(new Start.At(position)), Start.parse(position.toString()));
    }

    /** Two texts never name the same position, so texts may be compared. */
    @Property
    void whatParsesIsWrittenInTheSameWay(@ForAll String anything) {
        Position.parse(anything).ifPresent(position -> assertEquals(anything, position.toString()));
    }

    @Property
    void nearlyAPositionIsNone(
            @ForAll @CharRange(from = '-', to = '9') @CharRange(from = 'a', to = 'c') @StringLength(max = 6)
                    String text) {
        boolean isOne = text.matches("[a-c0-9]+-(0|[1-9][0-9]*)");

        assertEquals(isOne, Position.parse(text).isPresent());
    }

    @Example
    void othersAreRefused() {
        String tooLong = "e".repeat(33) + "-1";
        for (String text : new String[] {
            "",
            "-",
            "e",
            "e-",
            "-1",
            "e-01",
            "e--1",
            "e-+1",
            "E-1",
            "\u00e9-1",
            "e-1 ",
            " e-1",
            "e-1\n",
            "e_1-1",
            "e-1-1",
            "e-\u0661",
            "e-1000000000000000000",
            tooLong,
            "latest-",
            "Latest"
        }) {
            assertEquals(Optional.empty(), Position.parse(text), text);
            assertEquals(Optional.empty(), Start.parse(text), text);
        }
    }

    @Example
    void wordsStandForAStart() {
        assertEquals(Optional.of(Start.EARLIEST), Start.parse("earliest"));
        assertEquals(Optional.of(Start.LATEST), Start.parse("latest"));
        assertEquals(Optional.empty(), Position.parse("latest"));
    }

    @Example
    void offsetsOfTwoLivesAreNotCompared() {
        assertTrue(new Position("a", 1).sameEpoch(new Position("a", 2)));
        assertFalse(new Position("a", 1).sameEpoch(new Position("b", 1)));
        assertEquals(new Position("a", 7), new Position("a", 1).at(7));
    }
}
