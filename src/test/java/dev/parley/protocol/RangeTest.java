package dev.parley.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.parley.core.Position;
import dev.parley.core.Start;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.jspecify.annotations.Nullable;

class RangeTest {
    private static final Start AT = new Start.At(new Position("k3v9", 17));

    @Example
    void nothingAskedForMeansTheNewest() {
        assertEquals(new Range(Start.LATEST, false, 50), Range.of(null, null, Range.DEFAULT_LIMIT));
    }

    @Example
    void afterReadsForwardAndBeforeBackward() {
        assertEquals(new Range(AT, true, 9), Range.of("k3v9-17", null, 9));
        assertEquals(new Range(AT, false, 9), Range.of(null, "k3v9-17", 9));
        assertEquals(new Range(Start.EARLIEST, true, 9), Range.of("earliest", null, 9));
        assertEquals(new Range(Start.LATEST, true, 9), Range.of("latest", null, 9));
        assertEquals(new Range(Start.LATEST, false, 9), Range.of(null, "latest", 9));
        assertEquals(new Range(Start.EARLIEST, false, 9), Range.of(null, "earliest", 9));
    }

    @Property
    void limitIsCutAtTheMost(@ForAll @LongRange(min = 1) long limit) {
        assertEquals(Math.min(limit, 500), Range.of(null, null, limit).limit());
    }

    @Property
    void limitBelowOneIsMalformed(@ForAll @LongRange(min = Long.MIN_VALUE, max = 0) long limit) {
        assertRefused(ErrorCode.MALFORMED, "k3v9-17", null, limit);
    }

    @Example
    void limitsAtTheirEdges() {
        assertEquals(1, Range.of(null, null, 1).limit());
        assertEquals(500, Range.of(null, null, 500).limit());
        assertEquals(500, Range.of(null, null, 501).limit());
        assertEquals(500, Range.of(null, null, Long.MAX_VALUE).limit());
    }

    @Example
    void bothAtOnceAreMalformed() {
        assertRefused(ErrorCode.MALFORMED, "k3v9-1", "k3v9-2", 5);
        assertRefused(ErrorCode.MALFORMED, "nonsense", "nonsense", 5);
    }

    @Example
    void whatIsNoPositionIsABadOne() {
        assertRefused(ErrorCode.BAD_POSITION, "nonsense", null, 5);
        assertRefused(ErrorCode.BAD_POSITION, null, "", 5);
    }

    private static void assertRefused(ErrorCode code, @Nullable String after, @Nullable String before, long limit) {
        assertEquals(
                code,
                assertThrows(Refused.class, () -> Range.of(after, before, limit))
                        .code());
    }
}
