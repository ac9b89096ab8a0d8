/**
 * The broker of a node that stands alone: every channel's log in this process's memory.
 *
 * <p>Threads: everything may be called by any thread. Each log has a lock of its own and no thread ever holds two of them; there
 * is no lock over all channels. Under a log's lock only its watcher's {@code appended} is called, which takes the reading side's
 * lock; so who holds that one must not call the broker, save to begin a watch.
 */
@NullMarked
package dev.parley.embedded;

import org.jspecify.annotations.NullMarked;
