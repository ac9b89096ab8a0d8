/**
 * The broker of a node that stands alone: durable channels on disk, the others in this process's memory.
 *
 * <p>A durable message walks: {@code DurableBroker} → {@code GroupCommit} (who leads) → {@code BatchCommit} (gives places, writes
 * the {@code Journal}, announces) → later {@code Flush} → {@code Archive}. Reading takes what is not in the archive yet from
 * memory, the rest from the archive.
 *
 * <p>Threads: everything may be called by any thread. Each log has a lock of its own and no thread ever holds two of them; there
 * is no lock over all channels. Under a log's lock only its watcher's {@code appended} is called, which takes the reading side's
 * lock; so who holds that one must not call the broker, save to begin a watch. No lock of a log is held while the disk is read or
 * written. The archive is changed by one thread at a time, and by it alone while nothing is committed.
 */
@NullMarked
package dev.parley.embedded;

import org.jspecify.annotations.NullMarked;
