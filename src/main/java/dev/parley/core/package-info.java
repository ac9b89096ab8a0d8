/**
 * Channels, their logs and the readers that stand on them. Nothing here knows a transport, a wire format or a store.
 *
 * <p>A channel is an append-only log; a subscriber is a cursor on it and owns no queue. Every way of reading (live, replay,
 * catching up, long-poll, history) asks the same question: what comes after this position?
 *
 * <p>Threads: everything here may be called by any thread. Locks are held only to move values between fields; whoever wakes
 * readers does so after the lock is released, and a {@link dev.parley.core.Reader} must not block in {@code wake}.
 */
@NullMarked
package dev.parley.core;

import org.jspecify.annotations.NullMarked;
