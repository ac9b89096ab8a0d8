package dev.parley.embedded;

import dev.parley.core.ChannelLog;
import dev.parley.core.Message;
import dev.parley.core.Position;
import dev.parley.core.Slice;
import dev.parley.core.Start;
import java.util.List;

/** Reads a piece of a log in either direction. Bounded in weight too, so that an answer does not grow with its messages. */
final class Page {
    /** In bytes as {@code Content.weight} counts. One message is always on a page, whatever it weighs. */
    static final long MAX_WEIGHT = 1 << 20;

    private Page() {}

    /** The oldest messages after {@code after}; where the log does not reach that, after the position that it starts at. */
    static Slice after(ChannelLog log, Start after, int limit) {
        Position from = switch (after) {
            case Start.Earliest() -> log.base();
            case Start.Latest() -> log.head();
            case Start.At(Position position) -> log.reaches(position) ? position : log.base();
        };
        List<Message> page = log.after(from.offset(), limit, MAX_WEIGHT);
        return Slice.forwards(from, page, log.head());
    }

    /** The newest messages before {@code before}. Its {@code start} is the position before the first of them. */
    static Slice before(ChannelLog log, Start before, int limit) {
        long end = Math.max(log.base().offset() + 1, firstNotBefore(log.head(), before));
        List<Message> page = log.before(end, limit, MAX_WEIGHT);
        long first = page.isEmpty() ? end : page.getFirst().offset();
        boolean more = !log.isEmpty() && log.oldest().offset() < first;
        return new Slice(log.head().at(first - 1), page, log.head(), more);
    }

    /** The offset before which all lies; of a position of another life all that is here lies after it. */
    static long firstNotBefore(Position head, Start before) {
        return switch (before) {
            case Start.Earliest() -> 0;
            case Start.Latest() -> head.offset() + 1;
            case Start.At(Position position) ->
                position.sameEpoch(head) ? Math.min(head.offset() + 1, position.offset()) : 0;
        };
    }
}
