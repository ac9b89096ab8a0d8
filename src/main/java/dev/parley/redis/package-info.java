/**
 * The logs of many nodes, in Redis: a channel is a stream with a hash beside it that says which life of the log this is, where its
 * head stands and what is retained. Every step that must be whole is one script; Pub/Sub only announces what a script has stored.
 *
 * <p>Threads: all that is sent to Redis goes out from one thread, the loop, which never waits; whoever needs an answer waits for
 * it on its own thread, at most as long as {@code parley.redis.timeout}. What is announced is handed to the watchers on virtual
 * threads, one at a time for a channel and none for a channel that is quiet. Threads of the container never run code of the
 * client library, as that leaves things of its own in threads.
 *
 * <p>Offsets are dense: a node that hears an offset other than the next one has missed something and reads it from the stream.
 */
@NullMarked
package dev.parley.redis;

import org.jspecify.annotations.NullMarked;
