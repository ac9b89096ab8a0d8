package dev.parley.embedded;

import dev.parley.core.ChannelLimit;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts the channels that have something stored, up to a limit. */
final class Places {
    private final int limit;
    private final AtomicInteger taken;

    Places(int limit) {
        this(limit, 0);
    }

    /** @param taken so many are taken already, perhaps more than the limit */
    Places(int limit, int taken) {
        this.limit = limit;
        this.taken = new AtomicInteger(taken);
    }

    /** @throws ChannelLimit all are taken */
    void take() {
        int before = taken.getAndUpdate(now -> now < limit ? now + 1 : now);
        if (before >= limit) {
            throw new ChannelLimit(limit);
        }
    }

    void free() {
        taken.decrementAndGet();
    }

    int taken() {
        return taken.get();
    }
}
