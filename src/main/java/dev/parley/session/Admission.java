package dev.parley.session;

import dev.parley.core.Metrics;
import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.Refused;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Whether one more connection is taken in, whatever its transport, and what it is told if not. Who is inside stays inside. Any
 * thread may use it.
 */
public final class Admission {
    private static final int UNAVAILABLE = 503;

    /** Those who are refused at one moment are not to come back at one moment. In seconds. */
    private static final int LATEST_RETRY = 5;

    private static final Logger LOG = System.getLogger(Admission.class.getName());

    private final QuietLog log = new QuietLog(LOG, System::nanoTime);
    private final Metrics metrics;
    private final AtomicInteger places;
    private volatile boolean draining;
    private volatile @Nullable String overload;

    /** @param limit how many may be inside at one time */
    Admission(int limit, Metrics metrics) {
        this.metrics = metrics;
        this.places = new AtomicInteger(limit);
    }

    /** Takes a place. Whoever gets true gives it back with {@link #leave}; whoever gets false says {@link #refusal}. */
    boolean enter() {
        if (draining || overload != null) {
            turnedAway();
            return false;
        }
        if (places.getAndDecrement() > 0) {
            return true;
        }
        places.getAndIncrement();
        turnedAway();
        return false;
    }

    void leave() {
        places.getAndIncrement();
    }

    /** From now on nobody is let in. */
    void drain() {
        draining = true;
    }

    /** Lets nobody in for a while. */
    public void overloaded(String why) {
        overload = why;
    }

    /** Lets people in again. */
    public void relieved() {
        overload = null;
    }

    public boolean isDraining() {
        return draining;
    }

    /** Why this node wants no new clients for now, in words; null if it does. Not told of one that is just full: it works well. */
    public @Nullable String reason() {
        if (draining) {
            return "draining";
        }
        String why = overload;
        return why == null ? null : "overloaded: " + why;
    }

    /** Turns somebody away who has not even asked for a place. */
    public Refused turnAway() {
        turnedAway();
        return refusal();
    }

    private void turnedAway() {
        String why = draining ? "draining" : overload != null ? "overloaded" : "connections";
        metrics.refused(why);
        log.log(
                draining ? Level.DEBUG : Level.WARNING,
                why,
                "a client was turned away: " + Objects.requireNonNullElse(reason(), "as many connections as allowed"));
    }

    /** What whoever is not let in is told. */
    public Refused refusal() {
        int retry = ThreadLocalRandom.current().nextInt(LATEST_RETRY) + 1;
        if (draining) {
            return new Refused(ErrorCode.TOO_MANY_REQUESTS, "this node is about to stop", UNAVAILABLE, retry);
        }
        if (overload != null) {
            return new Refused(ErrorCode.TOO_MANY_REQUESTS, "this node is overloaded", UNAVAILABLE, retry);
        }
        return new Refused(ErrorCode.LIMIT, "too many connections", ErrorCode.LIMIT.httpStatus(), retry);
    }
}
