package dev.parley.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RateTest {
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1000); // a clock may run over
    private final Rate rate = new Rate(4, nanos::get);

    @Test
    void asManyAsInASecondGoAtOnce() {
        assertEquals(4, taken(10));
    }

    @Test
    void oneMoreGoesEachPartOfASecond() {
        taken(10);
        pass(Duration.ofMillis(249));
        assertFalse(rate.tryTake("alice"));
        pass(Duration.ofMillis(1));
        assertTrue(rate.tryTake("alice"));
        assertFalse(rate.tryTake("alice"));
        pass(Duration.ofSeconds(60));
        assertEquals(4, taken(10));
    }

    @Test
    void everybodyHasARateOfItsOwn() {
        taken(10);

        assertTrue(rate.tryTake("bob"));
    }

    @Test
    void onlyWhoOwesIsRemembered() {
        taken(2);
        rate.sweep();
        assertEquals(1, rate.remembered());
        pass(Duration.ofMillis(500));
        rate.sweep();
        assertEquals(0, rate.remembered());
    }

    private int taken(int tries) {
        int taken = 0;
        for (int i = 0; i < tries; i++) {
            taken += rate.tryTake("alice") ? 1 : 0;
        }
        return taken;
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }
}
