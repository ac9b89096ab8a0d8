package dev.parley.embedded;

import dev.parley.core.ChannelLog;
import dev.parley.core.Message;
import dev.parley.core.Namespace;
import dev.parley.core.Position;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/**
 * What a compact channel retains: all of it is in memory as long as its log is, and read from here. Remembers also which messages
 * the archive still has to drop. Its owner provides the locking.
 */
final class Latest {
    private final Namespace rules;
    private final Deque<Superseded> superseded = new ArrayDeque<>(); // by rising successor
    private ChannelLog log;

    /** @param by offset of the message that took its place */
    private record Superseded(long offset, long by) {}

    Latest(Namespace rules, Position base) {
        this.rules = rules;
        this.log = ChannelLog.from(base, rules);
    }

    ChannelLog log() {
        return log;
    }

    /** What lies at or before this offset is not retained. */
    long base() {
        return log.base().offset();
    }

    void append(Message message) {
        log.append(message).ifPresent(old -> superseded.add(new Superseded(old.offset(), message.offset())));
        log.trim(
                rules.history(),
                Math.max(rules.historyBytes(), message.content().weight()),
                Long.MIN_VALUE);
    }

    /** @param notBefore in milliseconds since 1970 */
    void expire(long notBefore) {
        log.trim(Integer.MAX_VALUE, Long.MAX_VALUE, notBefore);
    }

    void clear() {
        log = ChannelLog.from(log.head(), rules);
    }

    /** The offsets of those that were superseded by the message with this offset or an older one, and not dropped yet. */
    Set<Long> superseded(long by) {
        Set<Long> found = new HashSet<>();
        for (Superseded one : superseded) {
            if (one.by > by) {
                break;
            }
            found.add(one.offset);
        }
        return found;
    }

    /** The archive has dropped them. */
    void dropped(long by) {
        while (!superseded.isEmpty() && superseded.getFirst().by <= by) {
            superseded.removeFirst();
        }
    }
}
