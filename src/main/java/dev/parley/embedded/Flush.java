package dev.parley.embedded;

import dev.parley.core.LogUnavailable;
import dev.parley.core.PublishKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.h2.mvstore.MVStoreException;
import org.jspecify.annotations.Nullable;

/**
 * Moves what was committed from the journal into the archive: many commits in one step, on the disk itself before their journal
 * is deleted. For one thread at a time; publishers go on meanwhile in a new journal file.
 */
final class Flush {
    private final Archive archive;
    private final Journal journal;
    private final BatchCommit commits;
    private final UsedKeys keys;
    private final GroupCommit turns;
    private final Disk disk;
    private @Nullable Work unfinished; // of a flush that has failed

    Flush(Archive archive, Journal journal, BatchCommit commits, UsedKeys keys, GroupCommit turns, Disk disk) {
        this.archive = archive;
        this.journal = journal;
        this.commits = commits;
        this.keys = keys;
        this.turns = turns;
        this.disk = disk;
    }

    /** @throws LogUnavailable it cannot be done now; what was to be flushed stays where it is, and the next call tries again */
    void run() {
        Work work = unfinished;
        if (work == null && disk.unflushed() > 0) {
            work = begin();
        }
        if (work != null) {
            unfinished = work;
            write(work);
            unfinished = null;
        }
    }

    /** All that was committed so far, while nothing is. */
    private Work begin() {
        var begun = new ArrayList<Work>();
        try {
            turns.exclusively(() -> begun.add(turn()));
        } catch (UncheckedIOException e) {
            disk.failed(Disk.Part.JOURNAL, e);
            throw new LogUnavailable("the journal cannot be written", e);
        }
        return begun.getFirst();
    }

    private Work turn() {
        try {
            journal.turn();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        keys.turn();
        List<Part> parts = commits.takeChanged().stream()
                .map(log -> new Part(log, log.unflushed(), log.tail().isLoose()))
                .toList();
        return new Work(parts, journal.number(), disk.unflushed());
    }

    private void write(Work work) {
        Maps maps = archive.forWriting();
        long[] ids = new long[work.parts.size()];
        try {
            for (int i = 0; i < ids.length; i++) {
                ids[i] = write(maps, work.parts.get(i));
            }
            maps.facts().put(Facts.JOURNAL, Long.toString(work.journal));
            maps.commit();
        } catch (MVStoreException e) {
            maps.giveUp();
            disk.failed(Disk.Part.ARCHIVE, e);
            throw new LogUnavailable("the archive cannot be written", e);
        }
        for (int i = 0; i < ids.length; i++) {
            Part part = work.parts.get(i);
            part.log.flushed(part.entries.size(), ids[i]);
        }
        disk.flushed(work.bytes);
        journal.drop(work.journal);
    }

    private static long write(Maps maps, Part part) {
        DurableLog log = part.log;
        Entry last = part.entries.getLast();
        StoredMessage head = StoredMessage.head(last.bytes());
        LogView view = log.now();
        long id = view.id() == DurableLog.NONE ? Facts.nextId(maps) : view.id();
        Set<Long> superseded = log.superseded(last.offset());
        for (Entry entry : part.entries) {
            if (entry.offset() > view.base() && !superseded.contains(entry.offset())) {
                maps.messages().put(new MessageKey(id, entry.offset()), entry.bytes());
            }
            PublishKey key = entry.key();
            if (key != null) {
                long expires = saturated(entry.message().time(), log.keyTime());
                maps.keys().put(KeyRecord.name(id, key), new KeyRecord(entry.offset(), expires).bytes());
            }
        }
        superseded.forEach(offset -> maps.messages().remove(new MessageKey(id, offset)));
        var record = new ChannelRecord(
                id,
                view.head().epoch(),
                last.offset(),
                head.sum(),
                last.message().time(),
                part.loose,
                log.isCompact() ? Math.min(view.base(), last.offset()) : DurableLog.NONE);
        maps.channels().put(log.name().text(), record.bytes());
        trim(maps, id, view.base());
        return id;
    }

    /** Deletes what a log does not retain of what is in the archive. The record comes first, see {@link LoadedLogs#load}. */
    static void trim(Maps maps, DurableLog log, LogView view) {
        long base = Math.min(view.base(), view.archived());
        byte[] bytes = maps.channels().get(log.name().text());
        long kept = log.isCompact() ? base : DurableLog.NONE;
        ChannelRecord record = bytes == null ? null : ChannelRecord.of(bytes);
        if (record != null && record.id() == view.id() && record.base() != kept) { // else it is of another life
            maps.channels()
                    .put(log.name().text(), record.between(kept, record.head()).bytes());
        }
        trim(maps, view.id(), base);
        log.superseded(view.archived()).forEach(offset -> maps.messages().remove(new MessageKey(view.id(), offset)));
    }

    /** Deletes what is at or before this offset. */
    static void trim(Maps maps, long id, long base) {
        MessageKey oldest = maps.messages().ceilingKey(new MessageKey(id, 0));
        while (oldest != null && oldest.channel() == id && oldest.offset() <= base) {
            maps.messages().remove(oldest);
            oldest = maps.messages().higherKey(oldest);
        }
    }

    static long saturated(long time, long more) {
        long sum = time + more;
        return sum < time ? Long.MAX_VALUE : sum;
    }

    /**
     * A flush.
     *
     * @param journal the file that goes on where this ends
     * @param bytes of journal that it moves
     */
    private record Work(List<Part> parts, long journal, long bytes) {}

    /** One channel's part of a flush. */
    private record Part(DurableLog log, List<Entry> entries, boolean loose) {}
}
