package dev.parley.redis;

import dev.parley.core.ChannelName;
import dev.parley.core.PublishKey;

/**
 * How things are called in Redis. All that belongs to a channel has the channel's name in braces, so that Redis Cluster keeps it in
 * one slot. A name never holds braces itself.
 *
 * @param prefix keeps installations apart that share one Redis
 */
record Keys(String prefix) {
    /** A hash: {@code epoch}, {@code head}, {@code base}, {@code bytes}, {@code time}, {@code compact}. */
    String meta(ChannelName channel) {
        return of(channel) + "meta";
    }

    /** A stream; an entry's id is {@code offset-0}. */
    String log(ChannelName channel) {
        return of(channel) + "log";
    }

    /** A hash that a compact channel has: the offset of each event name's newest message. */
    String names(ChannelName channel) {
        return of(channel) + "names";
    }

    /** A string that lives as long as the key is remembered: position and time of the message. */
    String used(ChannelName channel, PublishKey key) {
        return of(channel) + "key:" + key.publisher().length() + ':' + key.publisher() + ':' + key.key();
    }

    /** The Pub/Sub channel on which a channel's messages are announced. */
    String live(ChannelName channel) {
        return of(channel) + "live";
    }

    boolean isLive(String name) {
        return name.endsWith("}:live");
    }

    /** What the presence script works on, in its order. */
    String[] roll(ChannelName channel) {
        String own = of(channel);
        return new String[] {own + "leases", own + "sessions", own + "users", own + "members", own + "changes"};
    }

    /** The Pub/Sub channel on which it is announced who comes to a channel and who leaves it. */
    String presence(ChannelName channel) {
        return of(channel) + "presence";
    }

    boolean isPresence(String name) {
        return name.endsWith("}:presence");
    }

    /** The channel that something made by {@link #live} or {@link #presence} belongs to. */
    ChannelName channelOf(String name) {
        return new ChannelName(name.substring(prefix.length() + 2, name.lastIndexOf('}')));
    }

    /** A sorted set of the names of all channels that have a log, by the time until which they surely have it. */
    String channels() {
        return prefix + ":channels";
    }

    /** A string that each node writes at each of its heartbeats, to know that it could. */
    String heartbeat(String node) {
        return prefix + ":heartbeat:" + node;
    }

    /** The Pub/Sub channel on which the nodes greet and ask each other. */
    String nodes() {
        return prefix + ":nodes";
    }

    /** The Pub/Sub channel on which a node is answered. */
    String answers(String node) {
        return prefix + ":node:" + node;
    }

    private String of(ChannelName channel) {
        return prefix + ":{" + channel + "}:";
    }
}
