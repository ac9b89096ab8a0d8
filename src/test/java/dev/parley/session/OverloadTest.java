package dev.parley.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.core.Metrics;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class OverloadTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final Admission admission = new Admission(100, Metrics.NONE);
    private final Overload overload = new Overload(admission, 90, Duration.ofSeconds(1));

    @Test
    void atItsLimitsANodeTakesClientsIn() {
        overload.look(90, SECOND);

        assertNull(admission.reason());
        assertTrue(admission.enter());
    }

    @Test
    void fullHeapKeepsNewClientsOutUntilThereIsRoomAgain() {
        overload.look(91, 0);
        assertEquals("overloaded: heap 91 % full", admission.reason());
        assertFalse(admission.enter());

        overload.look(86, 0);
        assertFalse(admission.enter(), "just below the limit it would be there again at once");
        overload.look(85, 0);
        assertTrue(admission.enter());
    }

    @Test
    void waitingWritersKeepNewClientsOut() {
        overload.look(10, SECOND + 1);
        assertEquals("overloaded: writers wait 1000 ms for their turn", admission.reason());

        overload.look(10, SECOND / 2 + 1);
        assertFalse(admission.enter());
        overload.look(10, SECOND / 2);
        assertTrue(admission.enter());
    }

    @Test
    void drainingNodeIsNotRelieved() {
        overload.look(91, 0);
        admission.drain();
        overload.look(1, 0);

        assertEquals("draining", admission.reason());
        assertFalse(admission.enter());
    }
}
