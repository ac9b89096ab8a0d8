package dev.parley.fake;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;

/** Threads that start when the test says so, one after the other on its own. For one thread. */
public final class HandDriven implements Executor {
    private static final int ENDLESS = 100_000;

    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private int started;
    private boolean atOnce;

    @Override
    public void execute(Runnable task) {
        waiting.add(task);
        if (atOnce) {
            runOne();
        }
    }

    /** From now on each task runs as soon as it is given, as if its thread were the faster one. */
    public void startAtOnce() {
        atOnce = true;
    }

    /** Runs what waits, and what comes meanwhile. May be called by a task: the others then run while that one stands still. */
    public void run() {
        for (int i = 0; runOne(); i++) {
            if (i == ENDLESS) {
                throw new AssertionError("this never ends");
            }
        }
    }

    /** @return whether there was one */
    public boolean runOne() {
        Runnable next = waiting.poll();
        if (next == null) {
            return false;
        }
        started++;
        next.run();
        return true;
    }

    public int waiting() {
        return waiting.size();
    }

    /** How many tasks have been run, each of which stands for a thread. */
    public int started() {
        return started;
    }
}
