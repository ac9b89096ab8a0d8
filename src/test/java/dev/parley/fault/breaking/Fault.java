package dev.parley.fault.breaking;

import java.time.Duration;

/**
 * One thing that goes wrong.
 *
 * @param at after the begin of the run; later if the fault before it takes longer
 * @param target which of the parts or relays, counted from 0
 * @param lasting how long it stays so: a process down, a relay still
 */
record Fault(Duration at, Kind kind, int target, Duration lasting) {
    enum Kind {
        KILL(true),
        STOP(true),
        FREEZE(true),
        REDEPLOY(true),
        CUT_ALL(false),
        CUT_SOME(false),
        STILL(false),
        SLOW(false),
        ORPHAN(false);

        private final boolean ofParts;

        Kind(boolean ofParts) {
            this.ofParts = ofParts;
        }

        /** Whether its target is a process, else a relay. */
        boolean isOfParts() {
            return ofParts;
        }
    }
}
