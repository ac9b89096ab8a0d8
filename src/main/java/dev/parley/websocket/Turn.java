package dev.parley.websocket;

import java.util.concurrent.locks.LockSupport;

/**
 * What one client may have done before others are served. An engine reads on as long as a client sends, and nobody takes its carrier
 * away from a virtual thread: so after some work the thread rests. It comes back behind all that want to run, also behind what
 * platform threads have handed in, for which a yield would not wait. Of a platform thread the system takes care.
 *
 * <p>For one thread at a time.
 */
final class Turn {
    /** What a piece of work counts beside what it is about, in bytes: a queue's place, a task, the heads of objects. */
    static final int OVERHEAD = 100;

    /** In bytes: a millisecond's work or a few. */
    private static final int WHOLE = 32 << 10;

    private int spent;

    /**
     * A piece of work has been done. Rests if the turn is over.
     *
     * @param size of what it was about, in characters or bytes
     */
    void spend(int size) {
        spent += size + OVERHEAD;
        if (spent > WHOLE) {
            spent = 0;
            if (Thread.currentThread().isVirtual()) {
                LockSupport.parkNanos(1);
            }
        }
    }
}
