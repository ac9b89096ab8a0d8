/**
 * Event streams by {@code SseEventSink}. A stream is a session that only reads; its writer is the only caller of its sink. Where it
 * begins is asked on a virtual thread, which may wait for the log.
 */
@NullMarked
package dev.parley.sse;

import org.jspecify.annotations.NullMarked;
