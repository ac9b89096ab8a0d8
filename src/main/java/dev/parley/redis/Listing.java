package dev.parley.redis;

import dev.parley.core.ChannelLimit;
import dev.parley.core.ChannelName;
import dev.parley.core.Namespace;
import dev.parley.core.Position;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the list of all channels that have a log, for all nodes: a channel is let in when it is born, and stays for as long as its
 * log does. A node tells of the channels that it publishes to once a minute, not at every message.
 */
final class Listing {
    private static final long PERIOD_NANOS = 60_000_000_000L;
    private static final long PERIOD_MILLIS = PERIOD_NANOS / 1_000_000;

    private final Link link;
    private final Keys keys;
    private final RedisTime time;
    private final int maxChannels;
    private final ConcurrentMap<ChannelName, Told> told = new ConcurrentHashMap<>();

    /**
     * @param at when the list was told, in ns of the monotonic clock
     * @param last the newest position that this node has stored
     */
    private record Told(long at, Position last) {}

    Listing(Link link, Keys keys, RedisTime time, int maxChannels) {
        this.link = link;
        this.keys = keys;
        this.time = time;
        this.maxChannels = maxChannels;
    }

    /** @throws ChannelLimit there are as many as there may be */
    void admit(ChannelName channel, Namespace rules) {
        if ((Long) link.await(tell(channel, rules, maxChannels)).getFirst() == 0) {
            throw new ChannelLimit(maxChannels);
        }
    }

    /** This node has stored a message there. */
    void stored(ChannelName channel, Namespace rules, Position position) {
        long now = System.nanoTime();
        Told before = told.get(channel);
        if (before == null || now - before.at() > PERIOD_NANOS) {
            told.put(channel, new Told(now, position));
            var unused = tell(channel, rules, Integer.MAX_VALUE);
        } else {
            told.put(channel, new Told(before.at(), position));
        }
    }

    /** The newest position of this channel that this node has stored, if that was not long ago. */
    @Nullable
    Position last(ChannelName channel) {
        Told known = told.get(channel);
        return known == null ? null : known.last();
    }

    /** Forgets what was not published to for a while. To be called now and then. */
    void sweep() {
        long now = System.nanoTime();
        told.values().removeIf(it -> now - it.at() > 2 * PERIOD_NANOS);
    }

    private CompletableFuture<List<Object>> tell(ChannelName channel, Namespace rules, int limit) {
        long now = time.now();
        long until = now + Arguments.millis(rules.historyAge()) + Arguments.millis(rules.keyTime()) + 2 * PERIOD_MILLIS;
        return link.run(Script.ADMIT, new String[] {keys.channels()}, Arguments.of(now, until, limit, channel));
    }
}
