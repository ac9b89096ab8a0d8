package dev.parley.redis;

import dev.parley.core.Broker;
import dev.parley.core.ChannelName;
import dev.parley.core.Position;
import dev.parley.core.Start;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** The channels that this node has readers for, and no others. */
final class Watches implements Link.Owner {
    /** So many Pub/Sub channels are subscribed to with one command when a connection is new. */
    private static final int AT_ONCE = 500;

    private final ConcurrentMap<ChannelName, Watched> watched = new ConcurrentHashMap<>();
    private final Link link;
    private final Keys keys;
    private final LogReader log;
    private final Executor threads;

    Watches(Link link, Keys keys, LogReader log, Executor threads) {
        this.link = link;
        this.keys = keys;
        this.log = log;
        this.threads = threads;
    }

    /** First the announcements, then the head: whatever comes after the head is announced. */
    Position watch(ChannelName channel, Broker.Watcher watcher) {
        var next = new Watched(channel, watcher, log, threads);
        Watched old = watched.put(channel, next);
        if (old != null) {
            old.end();
        }
        try {
            link.await(link.send(it -> it.subscribe(keys.live(channel)).thenApply(done -> 0)));
            Position head = log.after(channel, Start.LATEST, 0).head();
            next.begin(head);
            return head;
        } catch (RuntimeException e) {
            end(channel, next);
            throw e;
        }
    }

    /** Never blocks. */
    void unwatch(ChannelName channel, Broker.Watcher watcher) {
        Watched known = watched.get(channel);
        if (known != null && known.isOf(watcher)) {
            end(channel, known);
        }
    }

    private void end(ChannelName channel, Watched known) {
        known.end();
        if (watched.remove(channel, known)) {
            var unused = link.send(it -> watched.containsKey(channel) // watched again meanwhile
                    ? CompletableFuture.completedFuture(0)
                    : it.unsubscribe(keys.live(channel)).thenApply(done -> 0));
        }
    }

    /** The newest position of a channel that was reported here, if any. */
    @Nullable
    Position last(ChannelName channel) {
        Watched known = watched.get(channel);
        return known == null ? null : known.last();
    }

    int count() {
        return watched.size();
    }

    /**
     * Looks into the logs of those of which nothing was heard since the last time. In a cluster subscribes to them again, which is
     * without effect unless the channel has moved to another shard; then looks as well.
     */
    void checkQuiet() {
        watched.forEach((channel, known) -> {
            if (known.isQuiet()) {
                known.check();
                if (link.address().isCluster()) {
                    subscribe(channel);
                }
            }
        });
    }

    private void subscribe(ChannelName channel) {
        var unused = link.send(it -> it.subscribe(keys.live(channel)).thenApply(done -> 0));
    }

    @Override
    public void ready() {
        watched.values().forEach(Watched::check);
    }

    @Override
    public CompletableFuture<?> connected(Connection connection) {
        connection.announcements().addListener(new Listener());
        List<String> names = watched.keySet().stream().map(keys::live).toList();
        List<CompletableFuture<?>> answers = new ArrayList<>();
        for (int i = 0; i < names.size(); i += AT_ONCE) {
            answers.add(connection.subscribe(
                    names.subList(i, Math.min(names.size(), i + AT_ONCE)).toArray(String[]::new)));
        }
        return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new));
    }

    /** Hears what is announced, on the thread of the connection. */
    private final class Listener extends RedisPubSubAdapter<String, byte[]> {
        @Override
        public void message(String live, byte[] message) {
            if (!keys.isLive(live)) {
                return;
            }
            ChannelName channel = keys.channelOf(live);
            Watched known = watched.get(channel);
            if (known != null) {
                known.announced(new Announcement(channel, message));
            }
        }

        @Override
        public void smessage(String live, byte[] message) {
            message(live, message);
        }

        /** Also when the library has connected again by itself, as it does to the servers of a cluster. */
        @Override
        public void subscribed(String live, long count) {
            Watched known = keys.isLive(live) ? watched.get(keys.channelOf(live)) : null;
            if (known != null) {
                known.check();
            }
        }

        @Override
        public void ssubscribed(String live, long count) {
            subscribed(live, count);
        }

        /** Also when a shard says that the channel is not its own any more. */
        @Override
        public void sunsubscribed(String live, long count) {
            if (keys.isLive(live) && watched.containsKey(keys.channelOf(live))) {
                subscribe(keys.channelOf(live));
            }
        }
    }
}
