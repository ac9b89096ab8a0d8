package dev.parley.session;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Runs turns that may block, on as few virtual threads as that takes. A thread goes from turn to turn; before each of them it
 * sees to it that another thread stands ready. That one gets to run when the first blocks, as virtual threads do, and goes on
 * with the queue. So a message to a thousand readers starts two threads and not a thousand, and a reader that stalls holds up
 * its own thread only.
 */
final class Crew {
    private final Queue<Runnable> turns = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean called = new AtomicBoolean(); // a thread is on its way and will look at the queue
    private final Executor threads;

    /** @param threads starts a virtual thread for each task */
    Crew(Executor threads) {
        this.threads = threads;
    }

    /** Never blocks. */
    void submit(Runnable turn) {
        turns.add(turn);
        call();
    }

    private void call() {
        if (!called.get() && called.compareAndSet(false, true)) {
            threads.execute(this::work);
        }
    }

    private void work() {
        called.set(false);
        for (Runnable turn = turns.poll(); turn != null; turn = turns.poll()) {
            if (!turns.isEmpty()) {
                call();
            }
            turn.run();
        }
    }
}
