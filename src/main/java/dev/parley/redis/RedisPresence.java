package dev.parley.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.parley.core.ChannelName;
import dev.parley.core.Presence;
import dev.parley.core.User;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Who is on the channels of all nodes. A session is there by a lease that its node renews; when the node is gone its leases run
 * out, and its members leave by themselves. What could not be told while Redis was away is told with the next renewal.
 */
final class RedisPresence implements Presence, Link.Owner {
    /** Of a session that is connected. A lost node's members stay no longer than so. */
    static final Duration LEASE = Duration.ofSeconds(30);

    private static final int AT_ONCE = 300; // leases renewed by one script

    private final ConcurrentMap<ChannelName, ConcurrentMap<String, String>> own = new ConcurrentHashMap<>();
    private final ConcurrentMap<ChannelName, Followed> followed = new ConcurrentHashMap<>();
    private final Link link;
    private final Keys keys;
    private final Roll roll;
    private final Executor threads;

    RedisPresence(Link link, Keys keys, RedisTime time, Executor threads) {
        this.link = link;
        this.keys = keys;
        this.roll = new Roll(link, keys, time);
        this.threads = threads;
    }

    @Override
    public void join(ChannelName channel, String session, User user) {
        own.compute(channel, (name, known) -> {
            ConcurrentMap<String, String> sessions = known == null ? new ConcurrentHashMap<>() : known;
            sessions.put(session, user.name());
            return sessions;
        });
        visit(channel, session, user, LEASE);
    }

    @Override
    public void visit(ChannelName channel, String session, User user, Duration lease) {
        var unused = roll.join(channel, List.of(session, user.name(), roll.end(lease)));
    }

    @Override
    public void leave(ChannelName channel, String session, Duration linger) {
        own.computeIfPresent(channel, (name, sessions) -> {
            sessions.remove(session);
            return sessions.isEmpty() ? null : sessions;
        });
        var unused = roll.leave(channel, session, roll.end(linger));
    }

    @Override
    public Members members(ChannelName channel, int limit) {
        return link.await(roll.list(channel, limit)).members();
    }

    @Override
    public void watch(ChannelName channel, Watcher watcher) {
        var beginning = roll.list(channel, Followed.ALL); // goes out before the list that the subscriber is told
        var next = new Followed(
                channel,
                watcher,
                () -> link.await(beginning.isCompletedExceptionally() ? roll.list(channel, Followed.ALL) : beginning),
                limit -> link.await(roll.list(channel, limit)),
                threads);
        Followed old = followed.put(channel, next);
        if (old != null) {
            old.end();
        }
        var unused = link.send(it -> it.subscribe(keys.presence(channel)).thenRun(next::check));
    }

    @Override
    public void unwatch(ChannelName channel) {
        Followed known = followed.remove(channel);
        if (known != null) {
            known.end();
            var unused = link.send(it -> followed.containsKey(channel)
                    ? CompletableFuture.completedFuture(0)
                    : it.unsubscribe(keys.presence(channel)).thenApply(done -> 0));
        }
    }

    /** Renews the leases of all sessions of this node. To be called several times in a {@link #LEASE}. */
    void renew() {
        own.forEach((channel, sessions) -> {
            List<Object> joining = new ArrayList<>();
            long end = roll.end(LEASE);
            sessions.forEach((session, user) -> {
                joining.addAll(List.of(session, user, end));
                if (joining.size() == 3 * AT_ONCE) {
                    var unused = roll.join(channel, List.copyOf(joining));
                    joining.clear();
                }
            });
            if (!joining.isEmpty()) {
                var unused = roll.join(channel, joining);
            }
        });
    }

    /** Lets those go whose lease has run out, where somebody wants to know. To be called every second or so. */
    void sweep() {
        followed.forEach((channel, known) -> {
            var unused = roll.list(channel, 0).thenAccept(now -> {
                if (now.changes() != known.changes()) {
                    known.check(); // announced, too, unless that was lost
                }
            });
        });
    }

    /** Whether all that has happened on a channel up to now has been reported. Blocks. */
    boolean hasReportedAll(ChannelName channel) {
        Followed known = followed.get(channel);
        long changes = link.await(roll.list(channel, 0)).changes();
        return known == null || known.changes() == changes;
    }

    @Override
    public void close() {
        own.clear();
        followed.values().forEach(Followed::end);
        followed.clear();
    }

    @Override
    public CompletableFuture<?> connected(Connection connection) {
        connection.announcements().addListener(new Listener());
        return CompletableFuture.allOf(followed.keySet().stream()
                .map(channel -> connection.subscribe(keys.presence(channel)))
                .toArray(CompletableFuture[]::new));
    }

    @Override
    public void ready() {
        renew();
        followed.values().forEach(Followed::check);
    }

    private final class Listener extends RedisPubSubAdapter<String, byte[]> {
        @Override
        public void message(String live, byte[] message) {
            Followed known = keys.isPresence(live) ? found(live) : null;
            if (known != null) {
                known.announced(Followed.News.parse(new String(message, UTF_8)));
            }
        }

        @Override
        public void smessage(String live, byte[] message) {
            message(live, message);
        }

        /** Also when the library has connected again by itself. */
        @Override
        public void ssubscribed(String live, long count) {
            Followed known = keys.isPresence(live) ? found(live) : null;
            if (known != null) {
                known.check();
            }
        }

        private @Nullable Followed found(String live) {
            return followed.get(keys.channelOf(live));
        }
    }
}
