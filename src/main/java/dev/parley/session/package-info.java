/**
 * Connected clients: what they read, what they ask for, and the one writer that each of them has.
 *
 * <p>Threads: commands of one session come one at a time, in the order sent, and never wait for the client. They may wait for the
 * log, and so come on virtual threads. Writing happens on a virtual thread that exists only while there is something to write, and
 * may block; it is the only caller of a session's {@link dev.parley.session.Transport}, but for {@code close}.
 */
@NullMarked
package dev.parley.session;

import org.jspecify.annotations.NullMarked;
