package dev.parley.session;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PaceTest {
    private static final long STEP = MILLISECONDS.toNanos(20);

    @Property(tries = 200)
    void crowdLeavesEvenlyAndInTime(@ForAll @IntRange(min = 1, max = 20_000) int crowd, @ForAll("any") long start) {
        long over = SECONDS.toNanos(10);
        var pace = new Pace(start, over);
        int left = crowd;
        int inThisSecond = 0;
        for (long time = STEP; time <= over; time += STEP) {
            int due = pace.due(left, start + time);
            left -= due;
            inThisSecond += due;
            if (time % SECONDS.toNanos(1) == 0) {
                assertTrue(Math.abs(inThisSecond - crowd / 10.0) <= 2, inThisSecond + " of " + crowd + " in a second");
                inThisSecond = 0;
            }
        }
        assertEquals(0, left);
    }

    @Provide
    Arbitrary<Long> any() {
        return Arbitraries.longs(); // System.nanoTime may wrap around
    }

    @Test
    void fewDoNotLeaveTogether() {
        var pace = new Pace(0, SECONDS.toNanos(3));
        assertEquals(0, pace.due(3, MILLISECONDS.toNanos(500)));
        assertEquals(1, pace.due(3, MILLISECONDS.toNanos(1001)));
        assertEquals(0, pace.due(2, MILLISECONDS.toNanos(1500)));
        assertEquals(1, pace.due(2, MILLISECONDS.toNanos(2001)));
        assertEquals(1, pace.due(1, SECONDS.toNanos(3)));
    }

    @Test
    void whoLeftByItselfMakesTheOthersSlower() {
        var pace = new Pace(0, SECONDS.toNanos(10));
        assertEquals(10, pace.due(100, SECONDS.toNanos(1)));
        assertEquals(1, pace.due(9, SECONDS.toNanos(2)));
    }

    @Test
    void withoutTimeAllLeaveAtOnce() {
        var pace = new Pace(7, 0);
        assertTrue(pace.isOver(7));
        assertEquals(100, pace.due(100, 7));
    }

    @Test
    void endIsTheEnd() {
        var pace = new Pace(0, STEP);
        assertFalse(pace.isOver(STEP - 1));
        assertTrue(pace.isOver(STEP));
        assertEquals(5, pace.due(5, STEP));
        assertEquals(5, pace.due(5, STEP + 1));
    }
}
