package dev.parley.embedded;

import dev.parley.core.Broker.Appended;
import dev.parley.core.Broker.Watcher;
import dev.parley.core.ChannelLimit;
import dev.parley.core.ChannelLog;
import dev.parley.core.ChannelName;
import dev.parley.core.Content;
import dev.parley.core.Message;
import dev.parley.core.Namespace;
import dev.parley.core.Position;
import dev.parley.core.PublishKey;
import dev.parley.core.Slice;
import dev.parley.core.Start;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One channel in memory: its log, the keys used on it, and who watches, under one lock.
 *
 * <p>A log that nobody needs is forgotten: from then on its methods answer null, and the caller takes it out of its map and asks
 * another one. Every {@code clock} is in milliseconds since 1970; within a channel time stands still rather than run backwards.
 */
final class MemoryLog {
    private final ChannelName name;
    private final Namespace rules;
    private final long maxAge; // in milliseconds
    private final long keyTime; // in milliseconds
    private final Epochs epochs;
    private final Places places;

    private final ReentrantLock lock = new ReentrantLock(); // guards all below
    private final RecentKeys keys;
    private ChannelLog log;
    private @Nullable Watcher watcher;
    private volatile boolean forgotten; // written under the lock
    private long newest; // time of the newest message
    private long lastUse; // when somebody last published, read, or ended a watch

    MemoryLog(ChannelName name, Namespace rules, Epochs epochs, Places places) {
        this.name = name;
        this.rules = rules;
        this.maxAge = TimeUnit.MILLISECONDS.convert(rules.historyAge());
        this.keyTime = TimeUnit.MILLISECONDS.convert(rules.keyTime());
        this.epochs = epochs;
        this.places = places;
        this.keys = new RecentKeys(keyTime);
        this.log = ChannelLog.from(epochs.beginning(name), rules);
    }

    /** @throws ChannelLimit it would be the first message, and there is no place for one more channel */
    @Nullable
    Appended append(Content content, Optional<PublishKey> key, long clock) {
        Position stored;
        Watcher informed;
        lock.lock();
        try {
            if (forgotten) {
                return null;
            }
            long now = use(clock);
            Position earlier = key.isPresent() ? keys.find(key.get()) : null;
            if (earlier != null) {
                return new Appended(earlier, true);
            }
            stored = store(content, now);
            if (key.isPresent()) {
                keys.remember(key.get(), stored, now);
            }
            informed = watcher;
        } finally {
            lock.unlock();
        }
        if (informed != null) {
            informed.wake();
        }
        return new Appended(stored, false);
    }

    private Position store(Content content, long now) {
        Position head = log.head();
        if (head.offset() == 0) {
            takePlace();
        }
        Position next = head.at(head.offset() + 1);
        var message = new Message(name, next, content, now);
        newest = now;
        log.append(message);
        // What was answered is in the log: the newest stays, however heavy it is.
        log.trim(rules.history(), Math.max(rules.historyBytes(), content.weight()), now - maxAge);
        if (watcher != null) {
            watcher.appended(message);
        }
        return next;
    }

    private void takePlace() {
        try {
            places.take();
        } catch (ChannelLimit full) {
            forgotten = watcher == null;
            throw full;
        }
    }

    /** Drops all messages. */
    void clear() {
        lock.lock();
        try {
            log = ChannelLog.from(log.head(), rules);
            if (watcher != null) {
                watcher.restarted(log.head());
            }
        } finally {
            lock.unlock();
        }
    }

    @Nullable
    Slice after(Start after, int limit, long clock) {
        lock.lock();
        try {
            use(clock);
            return forgotten ? null : Page.after(log, after, limit);
        } finally {
            lock.unlock();
        }
    }

    @Nullable
    Slice before(Start before, int limit, long clock) {
        lock.lock();
        try {
            use(clock);
            return forgotten ? null : Page.before(log, before, limit);
        } finally {
            lock.unlock();
        }
    }

    @Nullable
    Message at(Position position, long clock) {
        lock.lock();
        try {
            use(clock);
            return log.at(position).orElse(null);
        } finally {
            lock.unlock();
        }
    }

    @Nullable
    Position watch(Watcher next) {
        lock.lock();
        try {
            if (forgotten) {
                return null;
            }
            watcher = next;
            return log.head();
        } finally {
            lock.unlock();
        }
    }

    /** Without effect for anybody else than the watcher. A log that nothing was ever stored in is forgotten at once. */
    void unwatch(Watcher leaving, long clock) {
        lock.lock();
        try {
            if (leaving.equals(watcher)) {
                watcher = null;
                use(clock);
                forgotten = forgotten || log.head().offset() == 0;
            }
        } finally {
            lock.unlock();
        }
    }

    boolean isForgotten() {
        return forgotten;
    }

    /**
     * Drops what is too old. A log that is empty then, unwatched and without keys, and that nobody has used for the time that
     * keys are remembered, is forgotten together with its positions.
     */
    void sweep(long clock) {
        lock.lock();
        try {
            boolean held = !log.isEmpty();
            long now = expire(clock);
            if (held && log.isEmpty()) {
                log = ChannelLog.from(log.head(), rules); // gives back the memory of its busiest time
            }
            boolean needed = watcher != null || !log.isEmpty() || !keys.isEmpty() || now - lastUse < keyTime;
            if (!needed && !forgotten) {
                forget();
            }
        } finally {
            lock.unlock();
        }
    }

    /** The mark last, as it is read without the lock: the next log of this name must not be born before the epoch has ended. */
    private void forget() {
        if (log.head().offset() > 0) {
            epochs.end(name);
            places.free();
        }
        forgotten = true;
    }

    private long use(long clock) {
        lastUse = expire(clock);
        return lastUse;
    }

    private long expire(long clock) {
        long now = Math.max(clock, newest);
        keys.expire(now);
        log.trim(Integer.MAX_VALUE, Long.MAX_VALUE, now - maxAge);
        return now;
    }
}
