package dev.parley.session;

import dev.parley.core.Round;
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
public final class Crew {
    private static final int TURNS_A_THREAD = 64;
    private static final int VISITS_A_TURN = 32;

    private final Queue<Runnable> turns = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean called = new AtomicBoolean(); // a thread is on its way and will look at the queue
    private final Executor threads;
    private volatile long asked; // when the probe under way was sent, or 0
    private volatile long waited;

    /** @param threads starts a virtual thread for each task */
    public Crew(Executor threads) {
        this.threads = threads;
    }

    /** Never blocks. */
    void submit(Runnable turn) {
        turns.add(turn);
        call();
    }

    /** Makes a round, also while one of those visited blocks. Never blocks. */
    public void submit(Round round) {
        submit(new Visits(round));
    }

    /** How long a turn that was asked for just now had to wait, in nanoseconds; or has waited so far, if it still does. */
    long lag() {
        long since = asked;
        return since == 0 ? waited : Math.max(waited, System.nanoTime() - since);
    }

    /** Asks for a turn that only looks how long that takes. To be called by one thread. */
    void probe() {
        if (asked == 0) {
            long now = System.nanoTime() | 1; // 0 stands for nobody
            asked = now;
            submit(() -> {
                waited = System.nanoTime() - now;
                asked = 0;
            });
        }
    }

    private void call() {
        if (!called.get() && called.compareAndSet(false, true)) {
            threads.execute(this::work);
        }
    }

    private void work() {
        called.set(false);
        for (int done = 0; done < TURNS_A_THREAD; ) {
            Runnable turn = turns.poll();
            if (turn == null) {
                return;
            }
            done += turn instanceof Visits ? VISITS_A_TURN : 1;
            if (!turns.isEmpty()) {
                call();
            }
            turn.run();
        }
        call(); // the next thread stands behind all others that want to run, as nobody takes its carrier away from one
    }

    /** A part of a round. The rest waits for its turn meanwhile, so that another thread goes on where this one blocks. */
    private final class Visits implements Runnable {
        private final Round round;

        Visits(Round round) {
            this.round = round;
        }

        @Override
        public void run() {
            if (!round.isOver()) {
                submit(this);
                round.visit(VISITS_A_TURN);
            }
        }
    }
}
