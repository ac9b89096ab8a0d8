package dev.parley.embedded;

import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Where the retained part of a log begins, and enough of its first message to see without reading that nothing of it is too old
 * or too much yet.
 *
 * @param offset of the newest message before it
 * @param time of the first message after it, in milliseconds since 1970
 * @param sumBefore what all up to it weigh
 */
record Edge(long offset, long time, long sumBefore) {
    /** Before anything is known: too old for every bound. */
    static final Edge UNKNOWN = new Edge(0, Long.MIN_VALUE, 0);

    /**
     * Finds where a log begins by now. Both time and sum rise with the offset, so a few looks do.
     *
     * @param view of the log
     * @param messages looks at the message with an offset; null if it is gone
     */
    static Edge find(LogView view, long clock, LongFunction<@Nullable StoredMessage> messages) {
        long head = view.head().offset();
        long low = view.base();
        Edge here = at(low, head, messages);
        if (here != null && view.bounds().keep(here, clock)) {
            return here;
        }
        long high = head; // that there nothing is retained is always right
        Edge found = new Edge(head, view.bounds().newest(), view.bounds().sum());
        while (low + 1 < high) {
            long middle = (low + high) >>> 1;
            Edge edge = at(middle, head, messages);
            if (edge != null && view.bounds().keep(edge, clock)) {
                high = middle;
                found = edge;
            } else {
                low = middle;
            }
        }
        return found;
    }

    private static @Nullable Edge at(long offset, long head, LongFunction<@Nullable StoredMessage> messages) {
        StoredMessage first = offset < head ? messages.apply(offset + 1) : null;
        return first == null ? null : new Edge(offset, first.time(), first.sumBefore());
    }

    /**
     * How much a log retains beside a number of messages.
     *
     * @param sum what all messages weigh that it ever had
     * @param most what the retained ones may weigh
     * @param newest when the newest message was stored
     * @param maxAge in milliseconds
     */
    record Bounds(long sum, long most, long newest, long maxAge) {
        boolean keep(Edge edge, long clock) {
            return edge.time >= Math.max(clock, newest) - maxAge && sum - edge.sumBefore <= most;
        }
    }
}
