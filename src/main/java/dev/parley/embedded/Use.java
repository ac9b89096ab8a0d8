package dev.parley.embedded;

import dev.parley.core.Broker.Watcher;
import org.jspecify.annotations.Nullable;

/**
 * Who needs a log in memory: who watches it, a commit that is under way, and whoever has used it not long ago. A log that nobody
 * needs may be forgotten, for good, if the archive has all of it. Its owner's lock guards it. Times are in milliseconds since
 * 1970.
 */
final class Use {
    private final Retained retained;
    private @Nullable Watcher watcher;
    private boolean committing;
    private boolean forgotten;
    private long last;

    /** @param retained what the log has, whose newest message was its last use */
    Use(Retained retained) {
        this.retained = retained;
        this.last = retained.newest();
    }

    /** Somebody uses it. */
    void happens(long clock) {
        last = Math.max(last, clock);
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

    /** Whether nothing was ever stored. */
    boolean isNever() {
        return retained.head().offset() == 0;
    }

    /** Forgets the log if nothing was ever stored. @return whether it is forgotten, now or before */
    boolean forgetIfNever() {
        return forget(isNever());
    }

    /** Whether nobody needs it, who has not used it for so long. */
    boolean isIdle(long clock, long idle) {
        return isUnused(clock, idle) && isFree();
    }

    /** Forgets the log if it is {@link #isIdle idle}. @return whether it is forgotten, now or before */
    boolean forgetIfIdle(long clock, long idle) {
        return forget(isUnused(clock, idle));
    }

    /** Whether it is empty and nobody has used it for so long. */
    boolean isExpired(long clock, long time) {
        return retained.isEmpty() && isOver(Math.max(clock, retained.newest()), time);
    }

    /** Forgets the log if it is {@link #isExpired expired}. @return whether it is forgotten, now or before */
    boolean forgetIfExpired(long clock, long time) {
        return forget(isExpired(clock, time) && retained.isFlushed());
    }

    boolean isForgotten() {
        return forgotten;
    }

    private boolean isUnused(long clock, long idle) {
        return isNever() || !retained.isEmpty() && isOver(clock, idle) && retained.isFlushed();
    }

    private boolean isOver(long clock, long time) {
        return clock - last >= time;
    }

    private boolean isFree() {
        return watcher == null && !committing;
    }

    private boolean forget(boolean unneeded) {
        forgotten = forgotten || unneeded && isFree();
        return forgotten;
    }
}
