package dev.parley.embedded;

import dev.parley.core.Broker.Watcher;
import dev.parley.core.ChannelLog;
import dev.parley.core.ChannelName;
import dev.parley.core.Message;
import dev.parley.core.Namespace;
import dev.parley.core.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One channel whose log is on disk: where it ends, what of it is not in the archive yet, and who watches. It may be unloaded at
 * any time that nobody needs it, and is then {@link #isForgotten}: its owner takes it out of its map and loads another one.
 *
 * <p>The leader of a commit {@link #place}s entries, and once they are in the journal {@link #announce}s them, or {@link
 * #withdraw}s them all. Reading is {@link LogReader}'s. Times are in milliseconds since 1970; within a channel time stands still
 * rather than run backwards.
 */
final class DurableLog {
    private final ChannelName name;
    private final Namespace rules;
    private final Places places;
    private final long maxAge;
    private final long keyTime;

    private final ReentrantLock lock = new ReentrantLock(); // guards all below, but for what is the leader's
    private final List<Entry> recent = new ArrayList<>(); // what the archive does not have: the newest up to the head
    private long id; // in the archive; NONE before the first flush
    private Position head;
    private long sum; // weight of all messages up to the head
    private int newestWeight;
    private long newest; // time of the newest message
    private long base; // what is at or before this offset is not retained
    private Edge edge = Edge.UNKNOWN;
    private final @Nullable Latest latest; // what a compact channel retains; null for the others
    private @Nullable Watcher watcher;
    private boolean forgotten;
    private boolean placing; // a commit is under way
    private long lastUse;

    private long placedOffset; // the leader's
    private long placedSum; // the leader's
    private long placedTime; // the leader's
    private boolean loose; // see ChannelRecord; the leader's

    static final long NONE = -1;

    /** A channel that the archive does not know, at its beginning. */
    DurableLog(ChannelName name, Namespace rules, Places places, Position beginning) {
        this(name, rules, places, beginning, NONE, 0);
    }

    /** A channel as the archive has it. A compact one is to be given what it retains by {@link #restore}. */
    DurableLog(ChannelName name, Namespace rules, Places places, ChannelRecord record, long base, int newestWeight) {
        this(name, rules, places, new Position(record.epoch(), record.head()), record.id(), base);
        this.sum = record.sum();
        this.placedSum = record.sum();
        this.newest = record.newest();
        this.placedTime = record.newest();
        this.lastUse = record.newest();
        this.loose = record.loose();
        this.newestWeight = newestWeight;
    }

    private DurableLog(ChannelName name, Namespace rules, Places places, Position head, long id, long base) {
        this.name = name;
        this.rules = rules;
        this.places = places;
        this.maxAge = TimeUnit.MILLISECONDS.convert(rules.historyAge());
        this.keyTime = TimeUnit.MILLISECONDS.convert(rules.keyTime());
        this.head = head;
        this.placedOffset = head.offset();
        this.id = id;
        this.base = base;
        this.latest = rules.compact() ? new Latest(rules, head.at(base)) : null;
    }

    /** The next message that the archive has of a compact channel. */
    void restore(Message message) {
        lock.lock();
        try {
            retain(message);
        } finally {
            lock.unlock();
        }
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
        if (placedOffset == 0) {
            places.take();
        }
        placedOffset++;
        placedTime = Math.max(clock, placedTime);
        placedSum += entry.content().weight();
        StoredMessage.complete(entry.bytes(), placedTime, placedSum);
        entry.place(new Message(name, head.at(placedOffset), entry.content(), placedTime));
        return true;
    }

    /** The time that a message would get. For the leader. */
    long time(long clock) {
        return Math.max(clock, placedTime);
    }

    /** Whether the channel is not loose yet; it is from now on. For the leader. */
    boolean loosen() {
        boolean before = loose;
        loose = true;
        return !before;
    }

    /** Takes {@link #loosen} back, as it has not reached the disk. */
    void tighten() {
        loose = false;
    }

    boolean isLoose() {
        return loose;
    }

    /** The entry is in the journal: whoever watches hears of it. For the leader, in the order of the offsets. */
    void announce(Entry entry) {
        Message message = entry.message();
        lock.lock();
        try {
            recent.add(entry);
            head = message.position();
            sum = StoredMessage.head(entry.bytes()).sum();
            newest = message.time();
            newestWeight = (int) message.content().weight();
            lastUse = Math.max(lastUse, newest);
            retain(message);
            placing = head.offset() < placedOffset;
            if (watcher != null) {
                watcher.appended(message);
                entry.inform(watcher);
            }
        } finally {
            lock.unlock();
        }
    }

    private void retain(Message message) {
        if (latest == null) {
            base = Math.max(base, message.offset() - rules.history());
        } else {
            latest.append(message);
            base = latest.base();
        }
    }

    /** The commit has failed: what was placed since the last one was not. For the leader. */
    void withdraw() {
        lock.lock();
        try {
            if (head.offset() == 0 && placedOffset > 0) {
                places.free();
            }
            placedOffset = head.offset();
            placedSum = sum;
            placedTime = newest;
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
            return head;
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
            forgotten = forgotten || watcher == null && head.offset() == 0 && !placing;
            return forgotten;
        } finally {
            lock.unlock();
        }
    }

    boolean isForgotten() {
        lock.lock();
        try {
            return forgotten;
        } finally {
            lock.unlock();
        }
    }

    /** Whether this log might be {@link #unload}ed. */
    boolean isIdle(long clock, long idle) {
        lock.lock();
        try {
            boolean unused = head.offset() == 0 || base < head.offset() && clock - lastUse >= idle;
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
            return base == head.offset() && Math.max(clock, newest) - lastUse >= keyTime;
        } finally {
            lock.unlock();
        }
    }

    private boolean isFree() {
        return watcher == null && recent.isEmpty() && !placing;
    }

    /** What the archive does not have yet. */
    List<Entry> unflushed() {
        lock.lock();
        try {
            return List.copyOf(recent);
        } finally {
            lock.unlock();
        }
    }

    /** The archive has the oldest so many of {@link #unflushed}, under this id. */
    void flushed(int count, long archived) {
        lock.lock();
        try {
            if (latest != null) {
                latest.dropped(recent.get(count - 1).offset());
            }
            recent.subList(0, count).clear();
            id = archived;
        } finally {
            lock.unlock();
        }
    }

    /** Notes that somebody reads. @return null if this log is forgotten */
    @Nullable
    View use(long clock) {
        lock.lock();
        try {
            lastUse = Math.max(lastUse, clock);
            return forgotten ? null : view();
        } finally {
            lock.unlock();
        }
    }

    boolean isCompact() {
        return latest != null;
    }

    /** Notes that somebody reads what a compact channel retains. @return null if this log is forgotten */
    <T> @Nullable T read(long clock, Function<ChannelLog, @Nullable T> question) {
        lock.lock();
        try {
            lastUse = Math.max(lastUse, clock);
            expireLatest(clock);
            return forgotten || latest == null ? null : question.apply(latest.log());
        } finally {
            lock.unlock();
        }
    }

    /** A compact channel without what is too old. */
    View settle(long clock) {
        lock.lock();
        try {
            expireLatest(clock);
            return view();
        } finally {
            lock.unlock();
        }
    }

    private void expireLatest(long clock) {
        if (latest != null) {
            latest.expire(Math.max(clock, newest) - maxAge);
            base = latest.base();
        }
    }

    /** What the archive is to drop together with the message with this offset, see {@link Latest#superseded}. */
    Set<Long> superseded(long by) {
        lock.lock();
        try {
            return latest == null ? Set.of() : latest.superseded(by);
        } finally {
            lock.unlock();
        }
    }

    /** As it is now. */
    View now() {
        lock.lock();
        try {
            return view();
        } finally {
            lock.unlock();
        }
    }

    private View view() {
        return new View(
                id,
                head,
                base,
                head.offset() - recent.size(),
                edge,
                new Edge.Bounds(sum, Math.max(rules.historyBytes(), newestWeight), newest, maxAge));
    }

    /** One of those that the archive does not have yet, or null if it has this one by now. */
    @Nullable
    Entry recent(long offset) {
        lock.lock();
        try {
            int index = (int) (offset - (head.offset() - recent.size()) - 1);
            return index < 0 || index >= recent.size() ? null : recent.get(index);
        } finally {
            lock.unlock();
        }
    }

    /** What lies before this edge is no longer retained. */
    void advance(Edge found) {
        lock.lock();
        try {
            base = Math.max(base, found.offset());
            edge = found;
        } finally {
            lock.unlock();
        }
    }

    /** Drops all messages; positions go on. @return false if this log is forgotten */
    boolean clear() {
        lock.lock();
        try {
            base = head.offset();
            if (latest != null) {
                latest.clear();
            }
            if (watcher != null) {
                watcher.restarted(head);
            }
            return !forgotten;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Where a log stands.
     *
     * @param archived what is at or before this offset, and retained, is in the archive
     */
    record View(long id, Position head, long base, long archived, Edge edge, Edge.Bounds bounds) {}
}
