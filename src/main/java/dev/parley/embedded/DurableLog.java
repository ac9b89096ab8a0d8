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
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One channel whose log is on disk: what it {@link Retained retains}, and who {@link Use needs} it in memory. It may be unloaded at
 * any time that nobody does, and is then forgotten, which its methods tell: its owner takes it out of its map and loads another
 * one.
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
    private final Use use;

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
        this.use = new Use(retained);
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
        change(() -> retained.retain(message));
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
        if (!begin()) {
            return false;
        }
        if (tail.isAtBeginning()) {
            places.take();
        }
        tail.append(entry, clock);
        return true;
    }

    private boolean begin() {
        return locked(() -> {
            use.commits(!use.isForgotten()); // not to be forgotten before announce or withdraw
            return !use.isForgotten();
        });
    }

    /** The entry is in the journal: whoever watches hears of it. For the leader, in the order of the offsets. */
    void announce(Entry entry) {
        Message message = entry.message();
        change(() -> {
            retained.append(entry);
            use.happens(message.time());
            use.commits(message.offset() < tail.offset());
            Watcher watcher = use.watcher();
            if (watcher != null) {
                watcher.appended(message);
                entry.inform(watcher);
            }
        });
    }

    /** The commit has failed: what was placed since the last one was not. For the leader. */
    void withdraw() {
        change(() -> {
            if (use.isNever() && !tail.isAtBeginning()) {
                places.free();
            }
            tail.reset(retained.head().offset(), retained.sum(), retained.newest());
            use.commits(false);
        });
    }

    /** @return the head, or null if this log is forgotten */
    @Nullable
    Position watch(Watcher next) {
        return unlessForgotten(() -> {
            use.watch(next);
            return retained.head();
        });
    }

    /** Without effect for anybody else than the watcher. @return whether nothing was ever stored, so nothing is to be kept */
    boolean unwatch(Watcher leaving, long clock) {
        return locked(() -> {
            use.unwatch(leaving, clock);
            return use.forgetIfNever();
        });
    }

    /** Whether this log might be {@link #unload}ed. */
    boolean isIdle(long clock, long idle) {
        return locked(() -> use.isIdle(clock, idle));
    }

    /** Forgets this log if nobody has used it for so long and the archive has all of it. Only while nothing is committed. */
    boolean unload(long clock, long idle) {
        return locked(() -> use.forgetIfIdle(clock, idle));
    }

    /**
     * Forgets this log if it is empty and nobody has used it for the time that keys are remembered, so that its channel may end.
     * Only while nothing is committed.
     */
    boolean expire(long clock) {
        return locked(() -> use.forgetIfExpired(clock, keyTime));
    }

    /** Whether this channel might {@link #expire}. */
    boolean isExpired(long clock) {
        return locked(() -> use.isExpired(clock, keyTime));
    }

    /** Notes that somebody reads. @return null if this log is forgotten */
    @Nullable
    LogView use(long clock) {
        return unlessForgotten(() -> {
            use.happens(clock);
            return retained.view();
        });
    }

    /** Notes that somebody reads what a compact channel retains. @return null if this log is forgotten */
    <T> @Nullable T read(long clock, Function<ChannelLog, T> question) {
        return unlessForgotten(() -> {
            use.happens(clock);
            return question.apply(retained.latest(clock));
        });
    }

    /** A compact channel without what is too old. */
    LogView settle(long clock) {
        return locked(() -> {
            retained.latest(clock);
            return retained.view();
        });
    }

    /** See {@link Retained#superseded}. */
    Set<Long> superseded(long by) {
        return locked(() -> retained.superseded(by));
    }

    /** As it is now. */
    LogView now() {
        return locked(retained::view);
    }

    /** See {@link Retained#recent}. */
    @Nullable
    Entry recent(long offset) {
        return locked(() -> retained.recent(offset));
    }

    /** See {@link Retained#unflushed}. */
    List<Entry> unflushed() {
        return locked(retained::unflushed);
    }

    /** See {@link Retained#flushed}. */
    void flushed(int count, long id) {
        change(() -> retained.flushed(count, id));
    }

    /** See {@link Retained#advance}. */
    void advance(Edge found) {
        change(() -> retained.advance(found));
    }

    /** Drops all messages; positions go on. @return false if this log is forgotten */
    boolean clear() {
        return locked(() -> {
            retained.clear();
            Watcher watcher = use.watcher();
            if (watcher != null) {
                watcher.restarted(retained.head());
            }
            return !use.isForgotten();
        });
    }

    private <T> @Nullable T unlessForgotten(Supplier<T> question) {
        lock.lock();
        try {
            return use.isForgotten() ? null : question.get();
        } finally {
            lock.unlock();
        }
    }

    private <T> T locked(Supplier<T> question) {
        lock.lock();
        try {
            return question.get();
        } finally {
            lock.unlock();
        }
    }

    private void change(Runnable step) {
        lock.lock();
        try {
            step.run();
        } finally {
            lock.unlock();
        }
    }
}
