package dev.parley.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.core.Metrics;
import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.Refused;
import org.junit.jupiter.api.Test;

class AdmissionTest {
    private final Admission admission = new Admission(2, Metrics.NONE);

    @Test
    void oneTooManyIsToldSo() {
        assertTrue(admission.enter());
        assertTrue(admission.enter());
        assertFalse(admission.enter());

        Refused refusal = admission.refusal();
        assertEquals(ErrorCode.LIMIT, refusal.code());
        assertEquals(429, refusal.status());
        assertRetry(refusal);
        assertNull(admission.reason(), "a full node works well");
    }

    @Test
    void drainingNodeLetsNobodyInForGood() {
        assertTrue(admission.enter());
        admission.drain();
        admission.leave();
        admission.relieved();

        assertFalse(admission.enter());
        assertTrue(admission.isDraining());
        assertEquals("draining", admission.reason());
        assertEquals(503, admission.refusal().status());
        assertRetry(admission.refusal());
    }

    @Test
    void overloadedNodeLetsPeopleInAgain() {
        admission.overloaded("heap 97 % full");
        assertFalse(admission.enter());
        assertEquals("overloaded: heap 97 % full", admission.reason());
        assertEquals(503, admission.refusal().status());
        assertTrue(admission.refusal().code().retry());
        assertRetry(admission.refusal());

        admission.relieved();
        assertNull(admission.reason());
        assertTrue(admission.enter());
        assertTrue(admission.enter());
        assertFalse(admission.enter(), "whoever was refused took no place and left none");
    }

    private static void assertRetry(Refused refusal) {
        assertTrue(refusal.retryAfter() >= 1 && refusal.retryAfter() <= 5, () -> "in " + refusal.retryAfter() + " s");
    }
}
