/**
 * WebSocket by the container's own engine: what holds on Tomcat's and on Tyrus.
 *
 * <p>Messages come in parts as small as the container's buffers, so that an idle connection needs no room for a large one.
 * What goes out is written by a session's writer with the blocking remote; it is the only one that sends.
 *
 * <p>What comes in is read by the engine's threads and done by an {@link dev.parley.websocket.Inbox}: a platform thread of the
 * engine never waits for the log.
 */
@NullMarked
package dev.parley.websocket;

import org.jspecify.annotations.NullMarked;
