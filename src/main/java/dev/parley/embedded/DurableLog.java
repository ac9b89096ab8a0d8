package dev.parley.embedded;

import dev.parley.core.Broker.Watcher;
import dev.parley.core.ChannelLog;
import dev.parley.core.ChannelName;
import dev.parley.core.Message;
import dev.parley.core.Namespace;
import dev.parley.core.Position;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One channel whose log is on disk: what it {@link Retained retains}, who watches it, and who needs it in memory. It may be
 * unloaded at any time that nobody does, and is then forgotten, which its methods tell: its owner takes it out of its map and loads
 * another one.
 *
 * <p>The leader of a commit {@link #place}s entries, and once they are in the journal {@link #announce}s them, or {@link
 * #withdraw}s them all. Reading is {@link LogReader}'s. Times are in milliseconds since 1970.
 */
final class DurableLog {
    static final long NONE = -1;

    private final ChannelName name;
    private final Namespace rules;
    private final Places places;
    private final long keyTime;
    private final Tail tail; // the leader's

    private final ReentrantLock lock = new ReentrantLock(); // guards all below
    private final Retained retained;
    private @Nullable Watcher watcher;
    private boolean forgotten;
    private boolean placing; // a commit is under way
    private long lastUse;

    /** A channel that the archive does not know, at its beginning. */
    DurableLog(ChannelName name, Namespace rules, Places places, Position beginning) {
        this(name, rules, places, new Retained(rules, beginning), false);
    }

    /** A channel as the archive has it. A compact one is to be given what it retains by {@link #restore}. */
    DurableLog(ChannelName name, Namespace rules, Places places, ChannelRecord record, long base, int newestWeight) {
        this(name, rules, places, new Retained(rules, record, base, newestWeight), record.loose());
    }

    private DurableLog(ChannelName name, Namespace rules, Places places, Retained retained, boolean loose) {
        this.name = name;
        this.rules = rules;
        this.places = places;
        this.keyTime = TimeUnit.MILLISECONDS.convert(rules.keyTime());
        this.retained = retained;
        this.tail = new Tail(name, retained.head(), retained.sum(), retained.newest(), loose);
        this.lastUse = retained.newest();
    }

    ChannelName name() {
        return name;
    }

    Namespace rules() {
        return rules;
    }

    long keyTime() {
        return keyTime;
    }

    boolean isCompact() {
        return rules.compact();
    }

    /** The next message that the archive has of a compact channel. */
    void restore(Message message) {
        lock.lock();
        try {
            retained.retain(message);
        } finally {
            lock.unlock();
        }
    }

    /** For the leader. */
    Tail tail() {
        return tail;
    }

    /**
     * Gives the entry its position and time. For the leader.
     *
     * @return false if this log is forgotten
     * @throws dev.parley.core.ChannelLimit it would be the first message, and there is no place for one more channel
     */
    boolean place(Entry entry, long clock) {
        lock.lock();
        try {
            if (forgotten) {
                return false;
            }
            placing = true; // not to be forgotten before announce or withdraw
        } finally {
            lock.unlock();
        }
        if (tail.isAtBeginning()) {
            places.take();
        }
        tail.append(entry, clock);
        return true;
    }

    /** The entry is in the journal: whoever watches hears of it. For the leader, in the order of the offsets. */
    void announce(Entry entry) {
        Message message = entry.message();
        lock.lock();
        try {
            retained.append(entry);
            lastUse = Math.max(lastUse, message.time());
            placing = message.offset() < tail.offset();
            if (watcher != null) {
                watcher.appended(message);
                entry.inform(watcher);
            }
        } finally {
            lock.unlock();
        }
    }

    /** The commit has failed: what was placed since the last one was not. For the leader. */
    void withdraw() {
        lock.lock();
        try {
            if (isNeverUsed() && !tail.isAtBeginning()) {
                places.free();
            }
            tail.reset(retained.head().offset(), retained.sum(), retained.newest());
            placing = false;
        } finally {
            lock.unlock();
        }
    }

    /** @return the head, or null if this log is forgotten */
    @Nullable
    Position watch(Watcher next) {
        lock.lock();
        try {
            if (forgotten) {
                return null;
            }
            watcher = next;
            return retained.head();
        } finally {
            lock.unlock();
        }
    }

    /** Without effect for anybody else than the watcher. @return whether nothing was ever stored, so nothing is to be kept */
    boolean unwatch(Watcher leaving, long clock) {
        lock.lock();
        try {
            if (leaving.equals(watcher)) {
                watcher = null;
                lastUse = Math.max(lastUse, clock);
            }
            forgotten = forgotten || watcher == null && isNeverUsed() && !placing;
            return forgotten;
        } finally {
            lock.unlock();
        }
    }

    /** Whether this log might be {@link #unload}ed. */
    boolean isIdle(long clock, long idle) {
        lock.lock();
        try {
            boolean unused = isNeverUsed() || !retained.isEmpty() && clock - lastUse >= idle;
            return unused && isFree();
        } finally {
            lock.unlock();
        }
    }

    /** Forgets this log if nobody has used it for so long and the archive has all of it. Only while nothing is committed. */
    boolean unload(long clock, long idle) {
        lock.lock();
        try {
            forgotten = forgotten || isIdle(clock, idle);
            return forgotten;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Forgets this log if it is empty and nobody has used it for the time that keys are remembered, so that its channel may end.
     * Only while nothing is committed.
     */
    boolean expire(long clock) {
        lock.lock();
        try {
            forgotten = forgotten || isExpired(clock) && isFree();
            return forgotten;
        } finally {
            lock.unlock();
        }
    }

    /** Whether this channel might {@link #expire}. */
    boolean isExpired(long clock) {
        lock.lock();
        try {
            return retained.isEmpty() && Math.max(clock, retained.newest()) - lastUse >= keyTime;
        } finally {
            lock.unlock();
        }
    }

    private boolean isNeverUsed() {
        return retained.head().offset() == 0;
    }

    private boolean isFree() {
        return watcher == null && retained.isFlushed() && !placing;
    }

    /** Notes that somebody reads. @return null if this log is forgotten */
    @Nullable
    LogView use(long clock) {
        lock.lock();
        try {
            lastUse = Math.max(lastUse, clock);
            return forgotten ? null : retained.view();
        } finally {
            lock.unlock();
        }
    }

    /** Notes that somebody reads what a compact channel retains. @return null if this log is forgotten */
    <T> @Nullable T read(long clock, Function<ChannelLog, @Nullable T> question) {
        lock.lock();
        try {
            lastUse = Math.max(lastUse, clock);
            return forgotten ? null : question.apply(retained.latest(clock));
        } finally {
            lock.unlock();
        }
    }

    /** A compact channel without what is too old. */
    LogView settle(long clock) {
        lock.lock();
        try {
            retained.latest(clock);
            return retained.view();
        } finally {
            lock.unlock();
        }
    }

    /** See {@link Retained#superseded}. */
    Set<Long> superseded(long by) {
        lock.lock();
        try {
            return retained.superseded(by);
        } finally {
            lock.unlock();
        }
    }

    /** As it is now. */
    LogView now() {
        lock.lock();
        try {
            return retained.view();
        } finally {
            lock.unlock();
        }
    }

    /** See {@link Retained#recent}. */
    @Nullable
    Entry recent(long offset) {
        lock.lock();
        try {
            return retained.recent(offset);
        } finally {
            lock.unlock();
        }
    }

    /** See {@link Retained#unflushed}. */
    List<Entry> unflushed() {
        lock.lock();
        try {
            return retained.unflushed();
        } finally {
            lock.unlock();
        }
    }

    /** See {@link Retained#flushed}. */
    void flushed(int count, long id) {
        lock.lock();
        try {
            retained.flushed(count, id);
        } finally {
            lock.unlock();
        }
    }

    /** See {@link Retained#advance}. */
    void advance(Edge found) {
        lock.lock();
        try {
            retained.advance(found);
        } finally {
            lock.unlock();
        }
    }

    /** Drops all messages; positions go on. @return false if this log is forgotten */
    boolean clear() {
        lock.lock();
        try {
            retained.clear();
            if (watcher != null) {
                watcher.restarted(retained.head());
            }
            return !forgotten;
        } finally {
            lock.unlock();
        }
    }
}
