package dev.parley.session;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How fast somebody may do something: so often a second on average, and as often at once after a second of rest. Remembers for each
 * the time at which its debt is paid (the generic cell rate algorithm), and only those who have one.
 */
public final class Rate {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final long cost; // of one, in nanoseconds
    private final LongSupplier nanoTime;
    private final ConcurrentMap<String, Long> paid = new ConcurrentHashMap<>(); // when the debt is paid

    /** @param perSecond at least 1 */
    public Rate(int perSecond, LongSupplier nanoTime) {
        this.cost = SECOND / perSecond;
        this.nanoTime = nanoTime;
    }

    /** @return whether this one may go ahead; if not, nothing is counted */
    boolean tryTake(String who) {
        long now = nanoTime.getAsLong();
        var allowed = new boolean[1];
        paid.compute(who, (name, until) -> {
            long debt = until == null ? 0 : Math.max(0, until - now);
            allowed[0] = debt + cost <= SECOND;
            return now + debt + (allowed[0] ? cost : 0);
        });
        return allowed[0];
    }

    /** Forgets who has no debt. To be called every few seconds. */
    public void sweep() {
        long now = nanoTime.getAsLong();
        paid.values().removeIf(until -> until - now <= 0);
    }

    int remembered() {
        return paid.size();
    }
}
