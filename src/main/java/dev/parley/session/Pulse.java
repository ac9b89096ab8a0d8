package dev.parley.session;

import java.util.function.LongSupplier;

/**
 * A session's signs of life: when it was last heard of, written to and pinged, and what its deadlines make of that. All times are
 * in ticks of {@link Sessions}. Any thread may call anything; writes come one after the other.
 */
final class Pulse {
    private final LongSupplier clock;
    private final boolean answers;
    private volatile long writingSince; // 0 while no write is under way
    private volatile long lastSent;
    private volatile long lastPing;
    private volatile long lastHeard;
    private volatile boolean pingDue;

    /** How a session is. */
    enum State {
        /** A write or a pong has been missing for longer than it may. */
        DEAD,
        /** A write has been under way for so long that it is worth asking whether the log has moved past the reader. */
        STALLED,
        /** Nothing is known against it. */
        WELL
    }

    /**
     * Deadlines, in ticks.
     *
     * @param heartbeat between two pings
     * @param pong after a ping
     * @param write for one write
     * @param stall after which a write counts as stuck
     */
    record Deadlines(long heartbeat, long pong, long write, long stall) {}

    /** @param answers whether its client answers pings */
    Pulse(LongSupplier clock, boolean answers) {
        this.clock = clock;
        this.answers = answers;
        long now = clock.getAsLong();
        this.lastSent = now;
        this.lastPing = now;
        this.lastHeard = now;
    }

    /** The client has shown a sign of life. */
    void heard() {
        lastHeard = clock.getAsLong();
    }

    /** A write begins. */
    void writing() {
        writingSince = clock.getAsLong();
    }

    /** The write has brought something to the client. */
    void sent() {
        lastSent = writingSince;
        writingSince = 0;
    }

    /** The write was a ping alone. */
    void pinged() {
        writingSince = 0;
    }

    /** Whether a ping is to be written, for the writer that does so now. */
    boolean takePing() {
        if (!pingDue) {
            return false;
        }
        pingDue = false;
        lastPing = clock.getAsLong();
        return true;
    }

    State state(long now, Deadlines deadlines) {
        long since = writingSince;
        long stuck = since == 0 ? 0 : now - since;
        if (stuck > deadlines.write()) {
            return State.DEAD;
        }
        if (stuck > deadlines.stall()) {
            return State.STALLED;
        }
        return !isAnswered() && now - lastPing > deadlines.pong() ? State.DEAD : State.WELL;
    }

    /** Has a ping written if it is time for one. @return whether it is, so that the writer is to be woken */
    boolean pingIfDue(long now, Deadlines deadlines) {
        boolean due = isAnswered() && now - lastPing >= deadlines.heartbeat();
        if (due) {
            pingDue = true;
        }
        return due;
    }

    /** Whether the client has got nothing for a heartbeat. */
    boolean isSilent(long now, Deadlines deadlines) {
        return now - lastSent >= deadlines.heartbeat();
    }

    private boolean isAnswered() {
        return !answers || lastHeard >= lastPing;
    }
}
