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
        Position from =
                switch (after) {
                    case Start.Earliest() -> log.base();
                    case Start.Latest() -> log.head();
                    case Start.At(Position position) -> log.reaches(position) ? position : log.base();
                };
        List<Message> page = oldestThatFit(log.after(from.offset(), limit));
        return new Slice(from, page, log.head(), from.offset() + page.size() < log.head().offset());
    }

    /** The newest messages before {@code before}. Its {@code start} is the position before the first of them. */
    static Slice before(ChannelLog log, Start before, int limit) {
        long base = log.base().offset();
        long last = Math.max(base, lastBefore(log.head(), before));
        long from = Math.max(base, last - limit);
        List<Message> page = newestThatFit(log.after(from, (int) (last - from)));
        long start = last - page.size();
        return new Slice(log.head().at(start), page, log.head(), start > base);
    }

    /** The newest offset that lies before; of a position of another life all that is here lies after it. */
    private static long lastBefore(Position head, Start before) {
        return switch (before) {
            case Start.Earliest() -> 0;
            case Start.Latest() -> head.offset();
            case Start.At(Position position) ->
                position.sameEpoch(head) ? Math.min(head.offset(), position.offset() - 1) : 0;
        };
    }

    private static List<Message> oldestThatFit(List<Message> found) {
        long weight = 0;
        for (int i = 0; i < found.size(); i++) {
            weight += found.get(i).content().weight();
            if (weight > MAX_WEIGHT && i > 0) {
                return found.subList(0, i);
            }
        }
        return found;
    }

    private static List<Message> newestThatFit(List<Message> found) {
        long weight = 0;
        int newest = found.size() - 1;
        for (int i = newest; i >= 0; i--) {
            weight += found.get(i).content().weight();
            if (weight > MAX_WEIGHT && i < newest) {
                return found.subList(i + 1, newest + 1);
            }
        }
        return found;
    }
}
