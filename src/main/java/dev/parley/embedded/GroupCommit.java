package dev.parley.embedded;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One commit at a time, and whatever arrives meanwhile goes together into the next. Who finds no commit under way leads one on
 * its own thread, without a hand-over; it takes all that wait, and passes the lead to one that came during it. So no thread
 * commits for others longer than once, and there is no thread for committing.
 */
final class GroupCommit {
    /** How many entries go into one commit at most: a leader holds up those behind it no longer than that takes. */
    private static final int MOST = 1024;

    private final Consumer<List<Entry>> work;
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Turn> waiting = new ArrayDeque<>(); // guarded by lock
    private boolean busy; // somebody leads; guarded by lock

    /** @param work stores entries in their order and gives each its outcome; must not throw. One call at a time */
    GroupCommit(Consumer<List<Entry>> work) {
        this.work = work;
    }

    /** Returns when the entry has its outcome. */
    void commit(Entry entry) {
        if (leads(entry)) {
            List<Entry> batch = batchOf(entry);
            try {
                work.accept(batch);
            } finally {
                pass();
                batch.forEach(Turn::end);
            }
        }
    }

    /** Runs an action while nothing is committed. For brief actions, as all publishers wait. */
    void exclusively(Runnable action) {
        var turn = new Turn();
        if (leads(turn)) {
            try {
                action.run();
            } finally {
                pass();
            }
        }
    }

    /** Whether this turn is to lead; waits for that, or for the leader that does it along with its own. */
    private boolean leads(Turn turn) {
        lock.lock();
        try {
            if (!busy) {
                busy = true; // and nobody waits
                return true;
            }
            waiting.add(turn);
        } finally {
            lock.unlock();
        }
        return turn.await() == Turn.State.LEADS;
    }

    /** The leader's entry and those behind it, up to the next exclusive action. */
    private List<Entry> batchOf(Entry first) {
        var batch = new ArrayList<Entry>();
        batch.add(first);
        lock.lock();
        try {
            while (batch.size() < MOST && waiting.peek() instanceof Entry next) {
                batch.add(next);
                waiting.poll();
            }
        } finally {
            lock.unlock();
        }
        return batch;
    }

    private void pass() {
        lock.lock();
        try {
            Turn next = waiting.poll();
            busy = next != null;
            if (next != null) {
                next.become(Turn.State.LEADS);
            }
        } finally {
            lock.unlock();
        }
    }

    /** A place in the queue. */
    static class Turn {
        enum State {
            WAITS,
            LEADS,
            DONE
        }

        private volatile @Nullable Thread
                waiting; // a log keeps its entries for a while, but not the threads of the publishers
        private volatile State state = State.WAITS;

        private State await() {
            Thread self = Thread.currentThread();
            boolean interrupted = false;
            waiting = self;
            while (state == State.WAITS) {
                LockSupport.park(this);
                interrupted |= Thread.interrupted(); // or park would not wait; the commit cannot be broken off
            }
            waiting = null;
            if (interrupted) {
                self.interrupt();
            }
            return state;
        }

        private void end() {
            become(State.DONE);
        }

        private void become(State next) {
            state = next;
            LockSupport.unpark(waiting); // who is about to wait looks at the state before
        }
    }
}
