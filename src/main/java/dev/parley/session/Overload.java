package dev.parley.session;

import java.time.Duration;

/**
 * Decides whether this node has too much to do to take in new clients. Those it has are served on. Looked at about once a second by one
 * thread.
 */
public final class Overload {
    /** A node that was overloaded lets people in again when it is so far below its limit: in points of heap, in parts of lag. */
    private static final int RELIEF_POINTS = 5;

    private static final int RELIEF_PART = 2;

    private final Admission admission;
    private final int heapLimit;
    private final long lagLimit;
    private boolean overloaded;

    /**
     * @param heapLimit so much of the heap may be in use after a collection, in percent
     * @param lagLimit so long may a writer that has something to write wait for a thread
     */
    public Overload(Admission admission, int heapLimit, Duration lagLimit) {
        this.admission = admission;
        this.heapLimit = heapLimit;
        this.lagLimit = lagLimit.toNanos();
    }

    /**
     * @param heap in percent, what was in use after the last collection, or is now if that is less
     * @param lagNanos that a writer waited last for its turn
     */
    public void look(int heap, long lagNanos) {
        if (heap > heapLimit) {
            refuse("heap " + heap + " % full");
        } else if (lagNanos > lagLimit) {
            refuse("writers wait " + Duration.ofNanos(lagNanos).toMillis() + " ms for their turn");
        } else if (overloaded && heap <= heapLimit - RELIEF_POINTS && lagNanos <= lagLimit / RELIEF_PART) {
            overloaded = false;
            admission.relieved();
        }
    }

    private void refuse(String why) {
        overloaded = true;
        admission.overloaded(why);
    }
}
