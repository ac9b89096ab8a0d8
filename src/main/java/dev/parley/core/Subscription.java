package dev.parley.core;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One reader's cursor on one channel. The whole state of a subscriber is its position; messages wait in the log, not here.
 *
 * <p>{@link #next} and {@link #takeNewest} belong to the reader's writing thread, one at a time; the rest may be called by any thread.
 */
public final class Subscription {
    private final Channel channel;
    private final Reader reader;
    private final Hub hub;
    private volatile @Nullable Position cursor; // null until the channel has taken it in
    private volatile boolean promised; // nothing may be missing after the cursor
    private boolean atHead; // it stood there when it last read, or began there; the writing thread's own
    private volatile boolean left; // nothing is to be read any more
    private int index = -1; // place among the channel's members; guarded by the channel's lock

    /** @param promised false if it is to begin with the oldest message, whichever that is once it reads */
    Subscription(Hub hub, Channel channel, Reader reader, boolean promised) {
        this.hub = hub;
        this.channel = channel;
        this.reader = reader;
        this.promised = promised;
    }

    public ChannelName channel() {
        return channel.name();
    }

    public Namespace namespace() {
        return channel.namespace();
    }

    /** The position up to which this reader has taken messages. */
    public Position cursor() {
        Position now = cursor;
        if (now == null) {
            throw new IllegalStateException("not subscribed yet");
        }
        return now;
    }

    /** Whether {@link #next} may have something. Cheap. */
    public boolean isBehind() {
        Position now = cursor;
        return now != null && !left && channel.isAhead(now);
    }

    /**
     * Whether all that comes after the cursor was promised to this reader. Not so for one that begins with the oldest message and
     * has not read yet: it has missed nothing if that was trimmed meanwhile.
     */
    public boolean isPromised() {
        return promised;
    }

    /** Whether what comes next was published after this reader had read all there was, so that it is news and no replay. */
    public boolean isLive() {
        return atHead;
    }

    /** How many messages lie between the cursor and the head, as far as that can be told. Any thread. */
    public long behind() {
        Position now = cursor;
        return now == null || left ? 0 : channel.distance(now);
    }

    /**
     * Takes the channel's newest message if it is the one after the cursor, which is what a reader that keeps up finds; null says
     * to ask {@link #next}. The same in effect, but without a lock and without making anything.
     */
    public @Nullable Message takeNewest() {
        Message newest = channel.newest();
        Position now = cursor();
        if (newest == null
                || left
                || newest.offset() != now.offset() + 1
                || !newest.position().sameEpoch(now)) {
            return null;
        }
        cursor = newest.position();
        promised = true;
        atHead = true;
        return newest;
    }

    /**
     * Takes what comes after the cursor and moves the cursor behind it. The slice tells by {@link Slice#missedAfter} whether the
     * log had moved past this reader. Empty once {@link #leave} was called.
     */
    public Slice next(int limit) {
        Position now = cursor();
        if (left) {
            return new Slice(now, List.of(), now, false);
        }
        Slice slice = channel.after(now, limit);
        cursor = slice.end();
        promised = true;
        atHead = !slice.more();
        return slice;
    }

    /** Whether the log has already moved past the cursor. Asks the log: for the few who have stood still for long. */
    public boolean isLost() {
        Position now = cursor();
        return promised && channel.after(now, 0).missedAfter(now);
    }

    /** Ends the subscription: a later {@link #next} finds nothing. Doing it again does nothing. */
    public void leave() {
        left = true;
        hub.leave(this, channel);
    }

    void start(Position position, boolean atHead, int index) {
        this.index = index;
        this.atHead = atHead;
        this.cursor = position;
    }

    void moveTo(int index) {
        this.index = index;
    }

    int leaveIndex() {
        int left = index;
        index = -1;
        return left;
    }

    void visit() {
        reader.visit();
    }

    void signal(Signal signal) {
        reader.signal(signal);
    }
}
