package dev.parley.embedded;

import dev.parley.core.Broker.Watcher;
import org.jspecify.annotations.Nullable;

/**
 * Who needs a log in memory: who watches it, a commit that is under way, and whoever has used it not long ago. A log that nobody
 * needs may be forgotten, for good. Its owner's lock guards it. Times are in milliseconds since 1970.
 */
final class Use {
    private @Nullable Watcher watcher;
    private boolean committing;
    private boolean forgotten;
    private long last;

    /** @param last when the log was used last */
    Use(long last) {
        this.last = last;
    }

    /** Somebody uses it. */
    void happens(long clock) {
        last = Math.max(last, clock);
    }

    /** Whether nobody has used it for so long. */
    boolean isOver(long clock, long time) {
        return clock - last >= time;
    }

    /** @param underWay whether a commit is that changes it */
    void commits(boolean underWay) {
        committing = underWay;
    }

    void watch(Watcher next) {
        watcher = next;
    }

    /** Without effect for anybody else than the watcher. */
    void unwatch(Watcher leaving, long clock) {
        if (leaving.equals(watcher)) {
            watcher = null;
            happens(clock);
        }
    }

    @Nullable
    Watcher watcher() {
        return watcher;
    }

    /** Whether it is neither watched nor changed. */
    boolean isFree() {
        return watcher == null && !committing;
    }

    /** Forgets the log if it is free and nothing else needs it. @return whether it is forgotten, now or before */
    boolean forget(boolean unneeded) {
        forgotten = forgotten || unneeded && isFree();
        return forgotten;
    }

    boolean isForgotten() {
        return forgotten;
    }
}
