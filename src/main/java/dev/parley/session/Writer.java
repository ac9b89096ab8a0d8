package dev.parley.session;

import dev.parley.core.LogUnavailable;
import dev.parley.core.Message;
import dev.parley.core.Namespace.SlowReader;
import dev.parley.core.Position;
import dev.parley.core.Reader;
import dev.parley.core.Signal;
import dev.parley.core.Slice;
import dev.parley.core.Subscription;
import dev.parley.protocol.CloseCode;
import dev.parley.protocol.Frame;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Writes to one session whatever lies between its cursors and the heads of their channels. Woken while idle it asks for a turn
 * on a thread; woken while it writes, it asks for another one when this one ends. What came meanwhile goes out together, so that
 * writes grow with the load.
 */
final class Writer implements Reader, Runnable {
    /** One write takes no more once it has so much, in characters or bytes: enough to make the cost of a write small. */
    private static final int ENOUGH = 48 << 10;

    private static final int MESSAGES_AT_ONCE = 256;

    /** What may wait for a client that sends commands but does not read: so many frames, a message in a reply counted as one. */
    private static final int WAITING = 16_384;

    /** A reader for which so many frames wait is a slow one, and gets no signals. */
    private static final int WAITING_FOR_SIGNALS = 8;

    /** So many writes in a row, and it is somebody else's turn: a long catching-up delays nobody. */
    private static final int WRITES_A_TURN = 2;

    /**
     * After such a turn a reader far behind rests for as long as the turn took, in nanoseconds at most so long: it leaves half of
     * a core to others, and one that is slow because its line is does not get slower.
     */
    private static final long LONGEST_REST = 2_000_000;

    /** One in so many writes is timed: the cost is the clock's and a histogram's. */
    private static final int SAMPLED = 16;

    private static final int IDLE = 0;
    private static final int WRITING = 1;
    private static final int WOKEN = 2; // while it writes

    /** A delivery touches as few objects as it can: with thousands of sessions, each of them has left the processor's cache. */
    private static final VarHandle STATE = state();

    private volatile int state = IDLE; // changed through STATE
    private volatile int waiting; // weight of all frames; written under the lock on frames
    private final Queue<Frame> frames = new ArrayDeque<>(1); // guarded by itself
    private final ClientSession session;
    private final Transport transport;
    private final Subscriptions subscriptions;
    private final Crew crew;
    private volatile boolean unread; // the log could not be read: there may be more than the channels' wakes tell
    private int taken; // messages in what is gathered; the writing thread's own, as are the next four
    private int writes;
    private long oldest; // when the first of them was published, in ms since 1970; 0 unless this write is timed
    private long replaying; // since when, by System.nanoTime, this turn brings what is no news; 0 if it does not
    private int turn; // whose messages come first in the next round; the writing thread's own

    Writer(ClientSession session, Transport transport, Subscriptions subscriptions, Crew crew) {
        this.session = session;
        this.transport = transport;
        this.subscriptions = subscriptions;
        this.crew = crew;
    }

    @Override
    public void wake() {
        if (rouse()) {
            crew.submit(this);
        }
    }

    @Override
    public void visit() {
        if (rouse()) {
            run();
        }
    }

    /** @return whether it was idle, and a turn is to be taken */
    private boolean rouse() {
        int now;
        do {
            now = state;
            if (now == WOKEN) {
                return false;
            }
        } while (!STATE.compareAndSet(this, now, now + 1));
        return now == IDLE;
    }

    @Override
    public void signal(Signal signal) {
        if (session.hearsSignals() && waiting < WAITING_FOR_SIGNALS) {
            send(signal.forms().get(0, () -> new Frame.Shared(List.of(new Frame.Signal(signal)))));
        }
    }

    /** Tries again what the log refused, if it did. To be called now and then. */
    void retry() {
        if (unread) {
            unread = false;
            wake();
        }
    }

    /** Adds a frame to what is written next, before any message that a later subscription brings. */
    void send(Frame frame) {
        if (add(frame)) {
            wake();
        } else {
            session.end(CloseCode.TOO_SLOW);
        }
    }

    /**
     * Adds frames and subscriptions as one: no frame is written before the subscriptions are there, and no message before the frames.
     *
     * @return false if the session has ended meanwhile, and no subscription was added
     */
    boolean begin(List<Subscription> begun, List<? extends Frame> first) {
        boolean room;
        boolean added;
        synchronized (frames) {
            room = first.stream().allMatch(this::add);
            added = subscriptions.add(begun);
        }
        if (room) {
            wake();
        } else {
            session.end(CloseCode.TOO_SLOW);
        }
        return added;
    }

    /** @return whether there was room for it */
    private boolean add(Frame frame) {
        int weight = weight(frame);
        synchronized (frames) {
            if (waiting + weight > WAITING) {
                return false;
            }
            waiting += weight;
            return frames.add(frame);
        }
    }

    private @Nullable Frame poll() {
        synchronized (frames) {
            Frame next = frames.poll();
            waiting -= next == null ? 0 : weight(next);
            return next;
        }
    }

    @Override
    public void run() {
        try {
            state = WRITING;
            boolean more = write();
            rest(more);
            if (more || !STATE.compareAndSet(this, WRITING, IDLE)) {
                crew.submit(this);
            }
        } catch (Throwable e) { // also an Error: nobody else would find the session in the middle of a write
            session.broken(e);
        }
    }

    private void rest(boolean more) {
        long since = replaying;
        replaying = 0;
        if (more && since != 0) {
            LockSupport.parkNanos(Math.min(System.nanoTime() - since, LONGEST_REST));
        }
    }

    /** @return whether there is more to write */
    private boolean write() throws IOException {
        boolean more = true;
        for (int writes = 0; more && writes < WRITES_A_TURN && session.isOpen(); writes++) {
            // in this order: a reply to a subscription stands in the queue before the subscription stands in the list
            Subscription[] readers = subscriptions.all();
            more = takeFrames() || takeMessages(readers);
            flush();
            if (session.pulse().takePing()) {
                session.pulse().writing();
                transport.ping();
                session.pulse().pinged();
            }
        }
        if (session.isEnding()) {
            sayGoodbye();
        }
        return more && session.isOpen();
    }

    private void sayGoodbye() throws IOException {
        while (takeFrames()) {
            flush();
        }
        flush();
        session.close();
    }

    /** @return whether there are more, for which there was no room */
    private boolean takeFrames() {
        while (waiting > 0 && transport.gathered() < ENOUGH) {
            Frame next = poll();
            if (next == null) {
                return false;
            }
            transport.add(next);
        }
        return waiting > 0;
    }

    /** @return whether there is more than was taken */
    private boolean takeMessages(Subscription[] readers) {
        for (int i = 0; i < readers.length; i++) {
            Subscription reader = readers[(turn + i) % readers.length];
            while (reader.isBehind()) {
                if (transport.gathered() >= ENOUGH) {
                    turn = (turn + i + 1) % readers.length;
                    return true;
                }
                try {
                    if (!takeFrom(reader)) {
                        return false;
                    }
                } catch (LogUnavailable e) {
                    turn = (turn + i + 1) % readers.length;
                    unread = true;
                    return false;
                }
            }
        }
        return false;
    }

    /** @return whether the session goes on */
    private boolean takeFrom(Subscription reader) {
        boolean live = reader.isLive();
        Message newest = reader.takeNewest();
        if (newest != null) {
            transport.add(newest);
            took(1, live, newest);
            return true;
        }
        if (!live && replaying == 0) {
            replaying = System.nanoTime();
        }
        Position asked = reader.cursor();
        boolean promised = reader.isPromised();
        Slice slice = reader.next(MESSAGES_AT_ONCE);
        if (promised && slice.missedAfter(asked)) {
            boolean sameLife = asked.sameEpoch(slice.start()); // if not, it is not the reader that was slow
            if (sameLife && reader.namespace().slowReader() == SlowReader.CLOSE) {
                session.end(CloseCode.TOO_SLOW);
                return false;
            }
            transport.add(new Frame.Gap(reader.channel(), asked, slice.start()));
        }
        List<Message> messages = slice.messages();
        for (Message message : messages) {
            transport.add(message);
        }
        if (!messages.isEmpty()) {
            took(messages.size(), live, messages.getFirst());
        }
        return true;
    }

    private void took(int count, boolean live, Message first) {
        if (taken == 0 && live && writes++ % SAMPLED == 0) {
            oldest = first.time();
        }
        taken += count;
    }

    private void flush() throws IOException {
        int size = transport.gathered();
        if (size > 0) {
            session.pulse().writing();
            transport.flush();
            session.pulse().sent();
            session.traffic().written(taken, size);
            if (oldest != 0) {
                session.traffic().sampled(taken, System.currentTimeMillis() - oldest);
                oldest = 0;
            }
            taken = 0;
        }
    }

    private static int weight(Frame frame) {
        return frame instanceof Frame.History history ? 1 + history.messages().size() : 1;
    }

    private static VarHandle state() {
        try {
            return MethodHandles.lookup().findVarHandle(Writer.class, "state", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }
}
