package dev.parley.embedded;

import dev.parley.core.Message;
import dev.parley.core.Metrics;
import dev.parley.core.Metrics.Work;
import dev.parley.core.Position;
import dev.parley.core.Slice;
import dev.parley.core.Start;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a log: what is recent from memory, the rest from the archive, under no lock but for single steps in memory. So a reader
 * far behind holds up nobody. What a compact channel retains is all in memory. Every method answers null if the log is forgotten.
 */
final class LogReader {
    private final Archive archive;
    private final Metrics metrics;

    LogReader(Archive archive, Metrics metrics) {
        this.archive = archive;
        this.metrics = metrics;
    }

    @Nullable
    Slice after(DurableLog log, Start after, int limit, long clock) {
        if (log.isCompact()) {
            return log.read(clock, latest -> Page.after(latest, after, limit));
        }
        while (true) {
            LogView view = settled(log, clock);
            if (view == null) {
                return null;
            }
            Position base = view.head().at(view.base());
            Position from = switch (after) {
                case Start.Earliest() -> base;
                case Start.Latest() -> view.head();
                case Start.At(Position position) -> reaches(view, position) ? position : base;
            };
            var page = new PageFiller(limit);
            if (fill(log, view, page, from.offset(), 1)) {
                return Slice.forwards(from, page.messages(), view.head());
            }
        }
    }

    /** The slice's {@code start} is the position before the first message. */
    @Nullable
    Slice before(DurableLog log, Start before, int limit, long clock) {
        if (log.isCompact()) {
            return log.read(clock, latest -> Page.before(latest, before, limit));
        }
        while (true) {
            LogView view = settled(log, clock);
            if (view == null) {
                return null;
            }
            long end = Math.max(view.base() + 1, Page.firstNotBefore(view.head(), before));
            var page = new PageFiller(limit);
            if (fill(log, view, page, end, -1)) {
                long start = end - 1 - page.size();
                return new Slice(view.head().at(start), page.messages().reversed(), view.head(), start > view.base());
            }
        }
    }

    /** The message at a position, alone; none if it is not retained. */
    @Nullable
    List<Message> at(DurableLog log, Position position, long clock) {
        if (log.isCompact()) {
            return log.read(clock, latest -> latest.at(position).stream().toList());
        }
        LogView view = settled(log, clock);
        if (view == null) {
            return null;
        }
        if (!reaches(view, position) || position.offset() == view.base()) {
            return List.of();
        }
        Slice slice = after(log, new Start.At(position.at(position.offset() - 1)), 1, clock);
        if (slice == null) {
            return null;
        }
        return slice.messages().stream()
                .filter(message -> message.position().equals(position))
                .toList();
    }

    /** The log as it is once all is gone that is too old or too much. */
    @Nullable
    LogView settled(DurableLog log, long clock) {
        LogView view = log.use(clock);
        return view == null ? null : settled(log, view, clock);
    }

    /** The same for a view of it that has been taken. */
    LogView settled(DurableLog log, LogView view, long clock) {
        if (log.isCompact()) {
            return log.settle(clock);
        }
        if (view.base() == view.head().offset() || view.bounds().keep(view.edge(), clock)) {
            return view;
        }
        log.advance(Edge.find(view, clock, offset -> look(log, view, offset)));
        return log.now();
    }

    private @Nullable StoredMessage look(DurableLog log, LogView view, long offset) {
        Entry entry = log.recent(offset);
        byte[] bytes = entry == null ? archive.message(view.id(), offset) : entry.bytes();
        return bytes == null ? null : StoredMessage.head(bytes);
    }

    private static boolean reaches(LogView view, Position position) {
        return position.sameEpoch(view.head())
                && position.offset() >= view.base()
                && position.offset() <= view.head().offset();
    }

    /**
     * Fills a page from the neighbour of an offset on, in steps of 1 or -1, to the end of the log.
     *
     * @return false if the log has changed under this reader, which is to begin anew
     */
    private boolean fill(DurableLog log, LogView view, PageFiller page, long offset, int step) {
        long last = step > 0 ? view.head().offset() : view.base() + 1;
        long next = offset + step;
        while (!page.isFull() && (last - next) * step >= 0) {
            int before = page.size();
            if (next <= view.archived()) {
                fromArchive(log, view, page, next, step > 0 ? view.archived() : last);
            } else {
                Entry entry = log.recent(next);
                if (entry != null) {
                    page.add(entry.message());
                }
            }
            int read = page.size() - before;
            if (read == 0) {
                return false;
            }
            next += (long) read * step;
        }
        return true;
    }

    private void fromArchive(DurableLog log, LogView view, PageFiller page, long from, long to) {
        int step = from <= to ? 1 : -1;
        int first = page.size();
        long start = System.nanoTime();
        archive.read(
                view.id(),
                from,
                to,
                (offset, bytes) -> offset == from + (long) (page.size() - first) * step
                        && page.add(
                                StoredMessage.message(log.name(), view.head().at(offset), bytes)));
        metrics.took(Work.JOURNAL_READ, System.nanoTime() - start);
    }
}
