package dev.parley.embedded;

import dev.parley.core.ChannelLog;
import dev.parley.core.Message;
import dev.parley.core.Namespace;
import dev.parley.core.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What a log retains: where that begins and ends, and those of its messages that the archive does not have. Its owner's lock
 * guards it.
 */
final class Retained {
    private final Namespace rules;
    private final long maxAge;
    private final List<Entry> recent = new ArrayList<>(); // what the archive does not have: the newest up to the head
    private long id; // in the archive
    private Position head;
    private long sum; // weight of all messages up to the head
    private int newestWeight;
    private long newest; // time of the newest message
    private long base; // what is at or before this offset is not retained
    private Edge edge = Edge.UNKNOWN;
    private final @Nullable Latest latest; // what a compact channel retains; null for the others

    /** Nothing, at the beginning of a log. */
    Retained(Namespace rules, Position beginning) {
        this(rules, beginning, DurableLog.NONE, beginning.offset());
    }

    /** What the archive has. */
    Retained(Namespace rules, ChannelRecord record, long base, int newestWeight) {
        this(rules, new Position(record.epoch(), record.head()), record.id(), base);
        this.sum = record.sum();
        this.newest = record.newest();
        this.newestWeight = newestWeight;
    }

    private Retained(Namespace rules, Position head, long id, long base) {
        this.rules = rules;
        this.maxAge = TimeUnit.MILLISECONDS.convert(rules.historyAge());
        this.id = id;
        this.head = head;
        this.base = base;
        this.latest = rules.compact() ? new Latest(rules, head.at(base)) : null;
    }

    Position head() {
        return head;
    }

    long sum() {
        return sum;
    }

    long newest() {
        return newest;
    }

    /** Whether no message is left. */
    boolean isEmpty() {
        return base == head.offset();
    }

    /** Whether the archive has all. */
    boolean isFlushed() {
        return recent.isEmpty();
    }

    void append(Entry entry) {
        recent.add(entry);
        head = entry.message().position();
        sum = StoredMessage.head(entry.bytes()).sum();
        newest = entry.message().time();
        newestWeight = (int) entry.content().weight();
        retain(entry.message());
    }

    /** Moves the base as this message asks, which is the newest, or the next one of those that the archive has. */
    void retain(Message message) {
        if (latest == null) {
            base = Math.max(base, message.offset() - rules.history());
        } else {
            latest.append(message);
            base = latest.base();
        }
    }

    /** What a compact channel retains at that time. */
    ChannelLog latest(long clock) {
        if (latest == null) {
            throw new IllegalStateException("not compact");
        }
        latest.expire(Math.max(clock, newest) - maxAge);
        base = latest.base();
        return latest.log();
    }

    /** What the archive is to drop together with the message with this offset, see {@link Latest#superseded}. */
    Set<Long> superseded(long by) {
        return latest == null ? Set.of() : latest.superseded(by);
    }

    LogView view() {
        return new LogView(
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
        int index = (int) (offset - (head.offset() - recent.size()) - 1);
        return index < 0 || index >= recent.size() ? null : recent.get(index);
    }

    /** What the archive does not have yet. */
    List<Entry> unflushed() {
        return List.copyOf(recent);
    }

    /** The archive has the oldest so many of {@link #unflushed}, under this id. */
    void flushed(int count, long archived) {
        if (latest != null) {
            latest.dropped(recent.get(count - 1).offset());
        }
        recent.subList(0, count).clear();
        id = archived;
    }

    /** What lies before this edge is no longer retained. */
    void advance(Edge found) {
        base = Math.max(base, found.offset());
        edge = found;
    }

    void clear() {
        base = head.offset();
        if (latest != null) {
            latest.clear();
        }
    }
}
