/**
 * The clients that the wire suite speaks with: small, strict, and independent of Parley's own classes, so that they judge the
 * protocol and not the code. Every wait has a deadline and ends in an {@link AssertionError} that says what was waited for.
 * A client belongs to the thread of its test; what arrives is queued by other threads.
 */
@NullMarked
package dev.parley.wire.client;

import org.jspecify.annotations.NullMarked;
