package dev.parley.embedded;

import dev.parley.core.ChannelName;
import dev.parley.core.LogUnavailable;
import dev.parley.core.Namespace;
import dev.parley.core.Position;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.h2.mvstore.MVStoreException;
import org.h2.store.fs.FilePath;

/**
 * Everything on disk: journal and archive, what is in memory of them, and the one thread that forces, flushes and sweeps. Opened
 * by recovering what the last process left.
 */
final class Store {
    private static final Logger LOG = System.getLogger(Store.class.getName());

    /** How often the journal is forced that nobody waits for, in seconds: what {@code fsync=1s} promises. */
    private static final int FORCE_SECONDS = 1;

    /** How often what is in the journal goes into the archive, in ticks, and how often the archive is swept. */
    private static final int FLUSH_TICKS = 10;

    private static final int SWEEP_TICKS = 5;

    private static final int STOP_SECONDS = 30;

    private final DataFolder folder;
    private final Archive archive;
    private final Journal journal;
    private final Epochs epochs;
    private final Places places;
    private final LoadedLogs logs;
    private final UsedKeys keys = new UsedKeys();
    private final Disk disk = new Disk(this::flushSoon);
    private final LogReader reader;
    private final GroupCommit turns;
    private final Flush flush;
    private final Sweep sweep;
    private final InstantSource clock;
    private final ReentrantLock upkeep = new ReentrantLock(); // force, flush, sweep and close one at a time
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("parley-journal").daemon().factory());
    private int ticks; // guarded by upkeep

    private Store(
            DataFolder folder,
            Archive archive,
            Journal journal,
            Epochs epochs,
            Function<ChannelName, Namespace> namespaces,
            int maxChannels,
            InstantSource clock) {
        this.folder = folder;
        this.archive = archive;
        this.journal = journal;
        this.epochs = epochs;
        this.clock = clock;
        this.places = new Places(maxChannels, (int) archive.channels());
        this.logs = new LoadedLogs(archive, epochs, places, namespaces);
        this.reader = new LogReader(archive);
        var commits = new BatchCommit(journal, archive, keys, disk, clock);
        this.turns = new GroupCommit(commits::commit);
        this.flush = new Flush(archive, journal, commits, keys, turns, disk);
        this.sweep = new Sweep(archive, logs, reader, epochs, places, turns, disk);
    }

    /** @throws UnusableData the folder cannot be used */
    static Store open(Path path, Function<ChannelName, Namespace> namespaces, int maxChannels, InstantSource clock) {
        DataFolder folder = DataFolder.hold(path.toAbsolutePath());
        try {
            return open(folder, SteadyFiles.in(folder), Machine.start(), namespaces, maxChannels, clock);
        } catch (IOException | MVStoreException e) {
            folder.close();
            throw new UnusableData(
                    "cannot open the log in " + folder.path() + " (" + e
                            + "). Put back a copy of the folder, or begin with an empty log by moving it away",
                    e);
        } catch (RuntimeException e) {
            folder.close();
            throw e;
        }
    }

    /** @param files how the file system names the folder's files */
    static Store open(
            DataFolder folder,
            String files,
            String machine,
            Function<ChannelName, Namespace> namespaces,
            int maxChannels,
            InstantSource clock)
            throws IOException {
        String file = files + '/' + Archive.FILE;
        dropUnborn(FilePath.get(file), files);
        boolean damaged = Archive.mark(file).exists();
        if (damaged) {
            Salvage.run(file);
        }
        Archive archive;
        try {
            archive = new Archive(file);
        } catch (MVStoreException e) {
            if (!Archive.isDamage(e)) {
                throw e;
            }
            damaged = true;
            Salvage.run(file);
            archive = new Archive(file);
        }
        try {
            Archive.Maps maps = archive.forWriting();
            Facts.checkFormat(maps, file);
            Epochs epochs = Facts.epochs(maps);
            long number = new Recovery(files, maps, epochs, namespaces).run(machine, damaged);
            Archive.mark(file).delete();
            Journal journal = new Journal(files, number, folder::force);
            return new Store(folder, archive, journal, epochs, namespaces, maxChannels, clock);
        } catch (IOException | RuntimeException e) {
            archive.close();
            throw e;
        }
    }

    /** An archive without its head was being made when the process died: there was no journal yet, so nothing was stored. */
    private static void dropUnborn(FilePath archive, String files) {
        if (archive.exists()
                && archive.size() < Archive.HEAD
                && Journal.numbers(files).isEmpty()) {
            archive.delete();
        }
    }

    void start() {
        var unused = thread.scheduleWithFixedDelay(this::tick, FORCE_SECONDS, FORCE_SECONDS, TimeUnit.SECONDS);
    }

    Archive archive() {
        return archive;
    }

    LoadedLogs logs() {
        return logs;
    }

    LogReader reader() {
        return reader;
    }

    UsedKeys keys() {
        return keys;
    }

    Disk disk() {
        return disk;
    }

    GroupCommit turns() {
        return turns;
    }

    Places places() {
        return places;
    }

    /** Where a channel's log begins that does not exist. */
    Position beginning(ChannelName channel) {
        return epochs.beginning(channel);
    }

    /** What is to be done each second. */
    private void tick() {
        attempt(() -> {
            ticks++;
            force();
            if (disk.fails()) {
                turns.exclusively(this::probe);
            }
            if (ticks % FLUSH_TICKS == 0 || disk.unflushed() >= Disk.FLUSH || disk.fails()) {
                flush.run();
            }
            if (ticks % SWEEP_TICKS == 0) {
                sweep.run(clock.millis());
            }
        });
    }

    private void flushSoon() {
        try {
            thread.execute(() -> attempt(flush::run));
        } catch (RejectedExecutionException e) {
            LOG.log(Level.DEBUG, "closing, which flushes as well", e);
        }
    }

    /** Puts onto the disk itself what was announced without that. */
    private void force() {
        if (disk.isLoose()) {
            disk.forcing();
            try {
                journal.force();
            } catch (IOException e) {
                disk.stillLoose();
                disk.failed(Disk.Part.JOURNAL, e);
            }
        }
    }

    /** Whether publishes would be stored again: nobody may send any before the node says that it is ready. */
    private void probe() {
        try {
            journal.probe();
            disk.recovered(Disk.Part.JOURNAL);
        } catch (IOException e) {
            disk.failed(Disk.Part.JOURNAL, e);
        }
    }

    void flush() {
        upkeep.lock();
        try {
            flush.run();
        } finally {
            upkeep.unlock();
        }
    }

    void sweep() {
        upkeep.lock();
        try {
            flush.run();
            sweep.run(clock.millis());
        } finally {
            upkeep.unlock();
        }
    }

    /** Deletes what a log no longer retains, also from the journal. */
    void trim(DurableLog log) {
        upkeep.lock();
        try {
            flush.run();
            sweep.trim(log);
        } finally {
            upkeep.unlock();
        }
    }

    private void attempt(Runnable work) {
        upkeep.lock();
        try {
            work.run();
        } catch (LogUnavailable e) {
            LOG.log(Level.DEBUG, "the next second brings another attempt", e);
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "the log's upkeep has failed", e);
        } finally {
            upkeep.unlock();
        }
    }

    void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
                LOG.log(Level.WARNING, "the log is still being written");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        upkeep.lock();
        try {
            flush.run();
            Archive.Maps maps = archive.forWriting();
            maps.facts().put(Facts.CLOSED, "true");
            maps.commit();
        } catch (LogUnavailable | MVStoreException e) {
            LOG.log(Level.WARNING, "the log could not be closed in order; the next start recovers it", e);
        } finally {
            upkeep.unlock();
            letGo();
        }
    }

    private void letGo() {
        try {
            journal.close();
        } catch (IOException e) {
            LOG.log(Level.WARNING, "the journal could not be closed", e);
        }
        archive.close();
        folder.close();
    }
}
