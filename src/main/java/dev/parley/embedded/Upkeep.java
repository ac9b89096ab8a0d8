package dev.parley.embedded;

import dev.parley.core.LogUnavailable;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.h2.mvstore.MVStoreException;

/**
 * What is done with the log that no publisher waits for: forcing the journal, flushing it into the archive, sweeping, and looking
 * whether a disk that failed works again. Forcing waits for nothing of the rest; of that, one at a time, by a thread of its own
 * or by who asks.
 */
final class Upkeep {
    private static final Logger LOG = System.getLogger(Upkeep.class.getName());

    /** How often the journal is forced that nobody waits for, in seconds: what {@code fsync=1s} promises. */
    private static final int FORCE_SECONDS = 1;

    private static final int TICK_SECONDS = 1;

    /** One forces, the other does all else, which may take longer than a second. */
    private static final int THREADS = 2;

    /** How often what is in the journal goes into the archive, in ticks, and how often the archive is swept. */
    private static final int FLUSH_TICKS = 10;

    private static final int SWEEP_TICKS = 5;

    private static final int STOP_SECONDS = 30;

    private final Archive archive;
    private final Journal journal;
    private final Disk disk;
    private final GroupCommit turns;
    private final Flush flush;
    private final Sweep sweep;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock(); // one work at a time
    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(
            THREADS, Thread.ofPlatform().name("parley-journal-", 1).daemon().factory());
    private int ticks; // guarded by lock

    Upkeep(StoreFiles files, Disk disk, GroupCommit turns, Flush flush, Sweep sweep, InstantSource clock) {
        this.archive = files.archive();
        this.journal = files.journal();
        this.disk = disk;
        this.turns = turns;
        this.flush = flush;
        this.sweep = sweep;
        this.clock = clock;
    }

    void start() {
        Future<?> unused =
                threads.scheduleAtFixedRate(() -> attempt(this::force), FORCE_SECONDS, FORCE_SECONDS, TimeUnit.SECONDS);
        unused = threads.scheduleWithFixedDelay(this::tick, TICK_SECONDS, TICK_SECONDS, TimeUnit.SECONDS);
    }

    /** What is looked at each second. */
    private void tick() {
        attempt(() -> alone(() -> {
            ticks++;
            if (disk.fails()) {
                turns.exclusively(this::probe);
            }
            if (ticks % FLUSH_TICKS == 0 || disk.unflushed() >= Disk.FLUSH || disk.fails()) {
                flush.run();
            }
            if (ticks % SWEEP_TICKS == 0) {
                sweep.run(clock.millis());
            }
        }));
    }

    /** Has the thread flush as soon as it can. */
    void flushSoon() {
        try {
            threads.execute(() -> attempt(this::flush));
        } catch (RejectedExecutionException e) {
            LOG.log(Level.DEBUG, "closing, which flushes as well", e);
        }
    }

    /** Puts onto the disk itself what was announced without that. */
    private void force() {
        try {
            journal.force();
        } catch (IOException e) {
            disk.failed(Disk.Part.JOURNAL, e);
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

    private void attempt(Runnable work) {
        try {
            work.run();
        } catch (LogUnavailable e) {
            LOG.log(Level.DEBUG, "the next second brings another attempt", e);
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "the log's upkeep has failed", e);
        }
    }

    private void alone(Runnable work) {
        lock.lock();
        try {
            work.run();
        } finally {
            lock.unlock();
        }
    }

    /** @throws LogUnavailable the archive cannot be written now */
    void flush() {
        alone(flush::run);
    }

    /** @throws LogUnavailable the archive cannot be written now */
    void sweep() {
        alone(() -> {
            flush.run();
            sweep.run(clock.millis());
        });
    }

    /**
     * Deletes what a log no longer retains, also from the journal.
     *
     * @throws LogUnavailable the archive cannot be written now
     */
    void trim(DurableLog log) {
        alone(() -> {
            flush.run();
            sweep.trim(log);
        });
    }

    /** Ends the threads, and flushes so that the next start finds all in the archive. */
    void close() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
                LOG.log(Level.WARNING, "the log is still being written");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        try {
            alone(() -> {
                flush.run();
                Maps maps = archive.forWriting();
                maps.facts().put(Facts.CLOSED, "true");
                maps.commit();
            });
        } catch (LogUnavailable | MVStoreException e) {
            LOG.log(Level.WARNING, "the log could not be closed in order; the next start recovers it", e);
        }
    }
}
