package dev.parley.session;

import dev.parley.core.Message;
import dev.parley.core.Namespace.SlowReader;
import dev.parley.core.Position;
import dev.parley.core.Reader;
import dev.parley.core.Slice;
import dev.parley.core.Subscription;
import dev.parley.protocol.CloseCode;
import dev.parley.protocol.Frame;
import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Writes to one session whatever lies between its cursors and the heads of their channels. Woken while idle it takes a thread,
 * goes on until nothing is left, and gives the thread back; woken while it writes, it looks once more before it ends. What
 * came meanwhile goes out together, so that writes grow with the load.
 */
final class Writer implements Reader, Runnable {
    /** One write takes no more once it has so much, in characters or bytes: enough to make the cost of a write small. */
    private static final int ENOUGH = 48 << 10;

    private static final int MESSAGES_AT_ONCE = 256;

    /** What may wait for a client that sends commands but does not read: so many frames, a message in a reply counted as one. */
    private static final int WAITING = 16_384;

    private static final int IDLE = 0;
    private static final int WRITING = 1;
    private static final int WOKEN = 2; // while it writes

    private final AtomicInteger state = new AtomicInteger(IDLE);
    private final Queue<Frame> frames = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final ClientSession session;
    private final Transport transport;
    private final Subscriptions subscriptions;
    private final Executor threads;
    private int turn; // whose messages come first in the next round; the writing thread's own

    Writer(ClientSession session, Transport transport, Subscriptions subscriptions, Executor threads) {
        this.session = session;
        this.transport = transport;
        this.subscriptions = subscriptions;
        this.threads = threads;
    }

    @Override
    public void wake() {
        int now;
        do {
            now = state.get();
            if (now == WOKEN) {
                return;
            }
        } while (!state.compareAndSet(now, now + 1));
        if (now == IDLE) {
            threads.execute(this);
        }
    }

    /** Adds a frame to what is written next, before any message that a later subscription brings. */
    void send(Frame frame) {
        if (waiting.addAndGet(weight(frame)) > WAITING) {
            session.end(CloseCode.TOO_SLOW);
            return;
        }
        frames.add(frame);
        wake();
    }

    @Override
    public void run() {
        try {
            do {
                state.set(WRITING);
                writeAll();
            } while (!state.compareAndSet(WRITING, IDLE));
        } catch (IOException | RuntimeException e) {
            session.broken(e);
        }
    }

    private void writeAll() throws IOException {
        boolean more = true;
        while (more && session.isOpen()) {
            // in this order: a reply to a subscription stands in the queue before the subscription stands in the list
            Subscription[] readers = subscriptions.all();
            more = takeFrames() || takeMessages(readers);
            flush();
            if (session.takePing()) {
                session.writing();
                transport.ping();
                session.pinged();
            }
        }
        if (session.isEnding()) {
            while (takeFrames()) {
                flush();
            }
            flush();
            session.close();
        }
    }

    /** @return whether there are more, for which there was no room */
    private boolean takeFrames() {
        while (transport.gathered() < ENOUGH) {
            Frame next = frames.poll();
            if (next == null) {
                return false;
            }
            waiting.addAndGet(-weight(next));
            transport.add(next);
        }
        return !frames.isEmpty();
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
                if (!takeFrom(reader)) {
                    return false;
                }
            }
        }
        return false;
    }

    /** @return whether the session goes on */
    private boolean takeFrom(Subscription reader) {
        Position asked = reader.cursor();
        Slice slice = reader.next(MESSAGES_AT_ONCE);
        if (slice.missedAfter(asked)) {
            if (reader.namespace().slowReader() == SlowReader.CLOSE) {
                session.end(CloseCode.TOO_SLOW);
                return false;
            }
            transport.add(new Frame.Gap(reader.channel(), asked, slice.start()));
        }
        for (Message message : slice.messages()) {
            transport.add(message);
        }
        return true;
    }

    private void flush() throws IOException {
        if (transport.gathered() > 0) {
            session.writing();
            transport.flush();
            session.sent();
        }
    }

    private static int weight(Frame frame) {
        return frame instanceof Frame.History history ? 1 + history.messages().size() : 1;
    }
}
