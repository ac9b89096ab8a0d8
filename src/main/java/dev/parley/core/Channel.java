package dev.parley.core;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A channel that somebody reads on this node: its subscribers and the newest end of its log, the window. Whoever stands further
 * back reads from the broker. A channel without readers does not exist here, its log does.
 */
final class Channel implements Broker.Watcher {
    /** How many of the newest messages are at hand without asking the broker. */
    private static final int WINDOW = 256;

    /** How many of the newest messages keep their encoded forms: a reader that keeps up takes none older. */
    private static final int HOT = 64;

    private static final long WINDOW_WEIGHT = 4 << 20;

    /** What a reader takes at once, and so holds while it writes it out. In bytes as {@link Content#weight} counts. */
    private static final long PIECE = 64 << 10;

    private static final Subscription[] NOBODY = {};

    private final ChannelName name;
    private final Namespace namespace;
    private final Broker broker;
    private final Consumer<Round> visitors;
    private final Round round = new Round();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition opened = lock.newCondition(); // or failed to
    private final List<Subscription> members = new ArrayList<>(); // guarded by lock; a member knows its index
    private final List<Message> early = new ArrayList<>(); // reported before the watch told its head; guarded by lock
    private @Nullable ChannelLog window; // guarded by lock; null until the watch has told its head
    private boolean opening; // a first reader is asking the broker; guarded by lock
    private boolean closed; // guarded by lock; a closed channel takes nobody in
    private @Nullable RuntimeException failure; // why it could not be watched; guarded by lock
    private volatile Subscription @Nullable [] snapshot; // of members, for waking without the lock; null when stale
    private volatile @Nullable Message newest; // of the window; written before head
    private volatile @Nullable Position
            head; // of the window, so that a reader sees without the lock whether it is behind

    /** @param visitors is asked to make a round, and must not do so at once if that may block the publisher */
    Channel(ChannelName name, Namespace namespace, Broker broker, Consumer<Round> visitors) {
        this.name = name;
        this.namespace = namespace;
        this.broker = broker;
        this.visitors = visitors;
    }

    ChannelName name() {
        return name;
    }

    Namespace namespace() {
        return namespace;
    }

    /**
     * Takes the head and registers the cursor in one step: what is at or before the cursor is behind it, all the rest ahead. The
     * first reader asks the broker for its reports, which may take as long as a network does; those who come meanwhile wait for
     * that answer, also if it is a failure.
     *
     * @param after a position that the log has told: the window may not have come so far
     * @param latest whether the reader is to begin at the head, which was at {@code after} a moment ago
     * @return the head at that moment, or null if the channel has been closed meanwhile and another one is to be asked
     * @throws RuntimeException the broker's; the channel is closed then
     */
    @Nullable
    Position join(Subscription subscription, Position after, boolean latest) {
        if (isFirst()) {
            open();
        }
        lock.lock();
        try {
            while (opening) {
                opened.awaitUninterruptibly();
            }
            if (failure != null) {
                throw failure;
            }
            if (closed || window == null) {
                return null;
            }
            Position reached = window.head();
            Position now = after.sameEpoch(reached) && after.offset() < reached.offset() ? reached : after;
            subscription.start(latest ? now : after, latest || after.equals(now), members.size());
            members.add(subscription);
            snapshot = null;
            return now;
        } finally {
            lock.unlock();
        }
    }

    private boolean isFirst() {
        lock.lock();
        try {
            boolean first = window == null && !opening && !closed;
            opening |= first;
            return first;
        } finally {
            lock.unlock();
        }
    }

    /** Under no lock, as the broker may block, and may need the very thread that brings a report. */
    private void open() {
        try {
            opened(broker.watch(name, this));
        } catch (RuntimeException | Error e) {
            lock.lock();
            try {
                failure = e instanceof RuntimeException known ? known : new IllegalStateException(e);
                closed = true;
                opening = false;
                opened.signalAll();
            } finally {
                lock.unlock();
            }
            throw e;
        }
    }

    private void opened(Position told) {
        lock.lock();
        try {
            window = ChannelLog.from(told, namespace);
            head = told;
            early.forEach(this::take);
            early.clear();
            opening = false;
            opened.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * @return whether that was the last one: the channel is then closed and to be forgotten. Its owner ends the watch, under no
     *     lock: a report comes under the log's lock and then wants this one
     */
    boolean leave(Subscription subscription) {
        lock.lock();
        try {
            int index = subscription.leaveIndex();
            if (index < 0) {
                return false;
            }
            Subscription last = members.removeLast();
            if (last != subscription) {
                members.set(index, last);
                last.moveTo(index);
            }
            snapshot = null;
            closed = members.isEmpty();
            return closed;
        } finally {
            lock.unlock();
        }
    }

    int subscribers() {
        lock.lock();
        try {
            return members.size();
        } finally {
            lock.unlock();
        }
    }

    /** Whether something may lie after this position. Not if the window has not come so far itself. */
    boolean isAhead(Position cursor) {
        Position now = head;
        return now == null || now.offset() > cursor.offset() || !now.sameEpoch(cursor);
    }

    /** The newest message, if one came since there are readers. */
    @Nullable
    Message newest() {
        return newest;
    }

    long distance(Position cursor) {
        Position now = head;
        return now == null || !now.sameEpoch(cursor) ? 0 : Math.max(0, now.offset() - cursor.offset());
    }

    /** What comes after a cursor. */
    Slice after(Position cursor, int limit) {
        lock.lock();
        try {
            ChannelLog log = window;
            if (log != null && log.reaches(cursor)) {
                List<Message> found = log.after(cursor.offset(), limit, PIECE);
                return Slice.forwards(cursor, found, log.head());
            }
        } finally {
            lock.unlock();
        }
        return broker.after(name, new Start.At(cursor), limit);
    }

    @Override
    public void appended(Message message) {
        lock.lock();
        try {
            if (opening) {
                early.add(message);
            } else if (!closed) {
                take(message);
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void restarted(Position from) {
        lock.lock();
        try {
            if (opening) {
                early.clear(); // the watch tells a head that is no older
            } else if (!closed) {
                window = ChannelLog.from(from, namespace);
                newest = null;
                head = from;
            }
        } finally {
            lock.unlock();
        }
    }

    /** Under the lock. */
    private void take(Message message) {
        ChannelLog log = window;
        if (log == null) {
            return;
        }
        if (!message.position().sameEpoch(log.head())) {
            log = ChannelLog.from(message.position().at(message.offset() - 1), namespace);
            window = log;
        }
        log.append(message);
        log.find(message.offset() - HOT).ifPresent(Message::forgetEncoded);
        log.trim(
                Math.min(WINDOW, namespace.history()),
                Math.max(
                        Math.min(WINDOW_WEIGHT, namespace.historyBytes()),
                        message.content().weight()),
                message.time() - namespace.historyAge().toMillis());
        newest = message;
        head = message.position();
    }

    @Override
    public void wake() {
        Subscription[] all = membersNow();
        if (all.length > 0 && round.begin(all)) {
            visitors.accept(round);
        }
    }

    @Override
    public void signalled(Signal signal) {
        for (Subscription member : membersNow()) {
            member.signal(signal);
        }
    }

    private Subscription[] membersNow() {
        Subscription[] known = snapshot;
        if (known != null) {
            return known;
        }
        lock.lock();
        try {
            known = members.toArray(NOBODY);
            snapshot = known;
            return known;
        } finally {
            lock.unlock();
        }
    }
}
