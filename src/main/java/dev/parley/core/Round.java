package dev.parley.core;

import org.jspecify.annotations.Nullable;

/**
 * The visiting of a channel's readers, one after the other. Each publish asks for a whole round from wherever the visiting
 * stands, so however many messages come while one round is made, each reader is visited once for all of them.
 *
 * <p>Visiting means that a reader is woken and may write at once, while what belongs to it is at hand: with thousands of readers,
 * to wake them all first and to let each write later would fetch everything from memory twice.
 *
 * <p>Any thread may call anything; several may visit at the same time.
 */
public final class Round {
    private static final Subscription[] NOBODY = {};

    private Subscription[] readers = NOBODY; // this and all below guarded by this
    private int next;
    private int left;
    private boolean underWay;

    Round() {}

    /**
     * Each of these is to be visited from now on.
     *
     * @return whether somebody must be asked to do so, as no round is under way
     */
    @SuppressWarnings("ReferenceEquality") // an array stands for the readers of a moment, and is never changed
    synchronized boolean begin(Subscription[] all) {
        if (readers != all) {
            readers = all;
            next = 0;
        }
        left = all.length;
        boolean idle = !underWay;
        underWay = true;
        return idle;
    }

    /** Whether nobody is left to be visited; the next round then begins anew, and whoever heard this has no part in it. */
    public synchronized boolean isOver() {
        if (left > 0) {
            return false;
        }
        readers = NOBODY; // holds nobody who leaves
        underWay = false;
        return true;
    }

    /** Visits at most so many of those who are left. Blocks as long as they do. */
    public void visit(int most) {
        for (int visited = 0; visited < most; visited++) {
            Subscription reader = next();
            if (reader == null) {
                return;
            }
            reader.visit();
        }
    }

    private synchronized @Nullable Subscription next() {
        if (left == 0) {
            return null;
        }
        left--;
        Subscription reader = readers[next];
        next = next + 1 == readers.length ? 0 : next + 1;
        return reader;
    }
}
