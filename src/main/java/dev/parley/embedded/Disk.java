package dev.parley.embedded;

import dev.parley.core.LogUnavailable;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * How the disk does: how much the journal holds that the archive does not have, and whether writing fails. It bounds the memory:
 * what the archive does not have is in memory too.
 */
final class Disk {
    private static final Logger LOG = System.getLogger(Disk.class.getName());

    /** From here on a flush is due. In bytes of journal. */
    static final long FLUSH = 8 << 20;

    /** Beyond this, publishers wait for the flush, and if flushing fails they are refused. In bytes of journal. */
    private static final long MOST = 64 << 20;

    private final Runnable flushSoon;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private volatile long unflushed; // written under the lock
    private volatile @Nullable Failure failure; // written under the lock

    /** @param flushSoon called at times by a publisher, or by who flushes; must be brief */
    Disk(Runnable flushSoon) {
        this.flushSoon = flushSoon;
    }

    boolean fails() {
        return failure != null;
    }

    /** What fails, in words, or failed just now. */
    String trouble() {
        Failure now = failure;
        return "disk: " + (now == null ? "the log" : now.part) + " cannot be written";
    }

    long unflushed() {
        return unflushed;
    }

    /**
     * Lets a publisher in, perhaps after waiting for a flush.
     *
     * @throws LogUnavailable there is no room, and flushing fails
     */
    void enter() {
        if (unflushed >= MOST) {
            awaitFlush();
        }
    }

    private void awaitFlush() {
        lock.lock();
        try {
            while (unflushed >= MOST) {
                Failure now = failure;
                if (now != null) {
                    throw new LogUnavailable(now.part + " cannot be written", now.why);
                }
                var unused = changed.await(1, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LogUnavailable("interrupted", e);
        } finally {
            lock.unlock();
        }
    }

    /** A commit has written so many bytes. */
    void stored(long bytes) {
        lock.lock();
        try {
            long before = unflushed;
            unflushed = before + bytes;
            recovered(Part.JOURNAL);
            if (before < FLUSH && unflushed >= FLUSH) {
                flushSoon.run();
            }
        } finally {
            lock.unlock();
        }
    }

    /** The archive has so many bytes of the journal, and so they are on the disk. */
    void flushed(long bytes) {
        lock.lock();
        try {
            long left = unflushed - bytes;
            unflushed = left;
            recovered(Part.ARCHIVE);
            if (left >= FLUSH) {
                flushSoon.run(); // so much came meanwhile: stored() asks only where it passes the mark
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Writing has failed. Said in the log once, until that part can be written again. */
    void failed(Part part, Exception why) {
        lock.lock();
        try {
            if (failure == null) {
                LOG.log(
                        Level.ERROR,
                        part
                                + " cannot be written. Publishes are refused with 4011 and readers go on, until there"
                                + " is room on the disk or it works again",
                        why);
            }
            failure = new Failure(part, why);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** This part has been written. */
    void recovered(Part part) {
        lock.lock();
        try {
            Failure now = failure;
            if (now != null && now.part == part) {
                failure = null;
                LOG.log(Level.INFO, part + " can be written again");
            }
        } finally {
            lock.unlock();
        }
    }

    /** What can fail. */
    enum Part {
        JOURNAL,
        ARCHIVE;

        @Override
        public String toString() {
            return this == JOURNAL ? "the journal" : "the archive";
        }
    }

    private record Failure(Part part, Exception why) {}
}
