package dev.parley.session;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Runs turns that may block, on as few virtual threads as that takes. A thread goes from turn to turn; before each of them it
 * sees to it that another thread stands ready. That one gets to run when the first blocks, as virtual threads do, and goes on
 * with the queue. So a message to a thousand readers starts a handful of threads and not a thousand, and a reader that stalls
 * holds up its own thread only.
 */
final class Crew {
    private static final int TURNS_A_THREAD = 64;

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
        for (int done = 0; done < TURNS_A_THREAD; done++) {
            Runnable turn = turns.poll();
            if (turn == null) {
                return;
            }
            if (!turns.isEmpty()) {
                call();
            }
            turn.run();
        }
        call(); // the next thread stands behind all others that want to run, as nobody takes its carrier away from one
    }
}
