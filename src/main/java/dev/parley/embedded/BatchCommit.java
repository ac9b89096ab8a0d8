package dev.parley.embedded;

import dev.parley.core.ChannelLimit;
import dev.parley.core.LogUnavailable;
import dev.parley.core.Metrics;
import dev.parley.core.Metrics.Work;
import dev.parley.core.Namespace.Fsync;
import dev.parley.core.PublishKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What the leader of a commit does: gives each entry its place, writes them all into the journal as one frame, and announces
 * them. Nobody hears of a message that is not in the journal; one that is to be on the disk itself is forced there before.
 */
final class BatchCommit {
    private final Journal journal;
    private final Archive archive;
    private final UsedKeys keys;
    private final Disk disk;
    private final InstantSource clock;
    private final Metrics metrics;

    private Set<DurableLog> changed = new LinkedHashSet<>(); // since the last flush; the leader's

    BatchCommit(Journal journal, Archive archive, UsedKeys keys, Disk disk, InstantSource clock, Metrics metrics) {
        this.journal = journal;
        this.archive = archive;
        this.keys = keys;
        this.disk = disk;
        this.clock = clock;
        this.metrics = metrics;
    }

    /** Gives each entry its outcome, be it that nothing was stored. */
    void commit(List<Entry> batch) {
        long now = clock.millis();
        List<Entry> placed = new ArrayList<>(batch.size());
        for (Entry entry : batch) {
            if (place(entry, now)) {
                placed.add(entry);
            }
        }
        if (placed.isEmpty()) {
            return;
        }
        try {
            write(placed);
        } catch (IOException e) {
            withdraw(batch, placed, e);
            return;
        }
        for (Entry entry : placed) {
            entry.log().announce(entry);
            changed.add(entry.log());
        }
        metrics.took(Work.JOURNAL_COMMIT, System.nanoTime() - batch.getFirst().begun());
    }

    /** @return false if the entry is answered already: its key was used before, or it cannot be stored */
    private boolean place(Entry entry, long now) {
        try {
            if (isDuplicate(entry, now) || !entry.log().place(entry, now)) {
                return false;
            }
            keys.remember(entry);
            return true;
        } catch (ChannelLimit | LogUnavailable e) {
            entry.fail(e);
            return false;
        }
    }

    private boolean isDuplicate(Entry entry, long now) {
        PublishKey key = entry.key();
        if (key == null) {
            return false;
        }
        DurableLog log = entry.log();
        UsedKeys.Place used = keys.find(log, key);
        if (used != null && log.tail().time(now) - used.time() < log.keyTime()) {
            entry.duplicates(used.position());
            return true;
        }
        if (used == null && !keys.covers(entry.lookedAt())) {
            var archived = archive.used(log.now(), key, log.tail().time(now));
            archived.ifPresent(entry::duplicates);
            return archived.isPresent();
        }
        return false;
    }

    private void write(List<Entry> placed) throws IOException {
        int room = 0;
        Fsync strictest = Fsync.NEVER;
        for (Entry entry : placed) {
            room += JournalRecord.room(entry);
            strictest = Fsync.stricter(strictest, entry.log().rules().fsync());
        }
        ByteBuffer frame = Journal.frame(room);
        Set<Tail> loosened = new LinkedHashSet<>();
        for (Entry entry : placed) {
            DurableLog log = entry.log();
            if (log.rules().fsync() != Fsync.ALWAYS && log.tail().loosen()) {
                loosened.add(log.tail());
            }
            JournalRecord.write(
                    frame, entry, entry.message().position(), log.tail().isLoose());
        }
        try {
            // That a channel's messages may be lost with the machine must be on the disk before the first of them is
            // announced.
            journal.write(frame, loosened.isEmpty() ? strictest : Fsync.ALWAYS);
        } catch (IOException e) {
            loosened.forEach(Tail::tighten);
            throw e;
        }
        disk.stored(frame.limit());
    }

    private void withdraw(List<Entry> batch, List<Entry> placed, IOException why) {
        metrics.failed(Work.JOURNAL_COMMIT);
        disk.failed(Disk.Part.JOURNAL, why);
        placed.forEach(entry -> entry.log().withdraw());
        keys.forget(placed);
        var failure = new LogUnavailable("the journal cannot be written", why);
        batch.stream().filter(entry -> !entry.hasFailed()).forEach(entry -> entry.fail(failure));
    }

    /** The logs that have changed since this was last asked. For the leader. */
    Set<DurableLog> takeChanged() {
        Set<DurableLog> taken = changed;
        changed = new LinkedHashSet<>();
        return taken;
    }
}
