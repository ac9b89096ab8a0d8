package dev.parley.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.parley.core.Broker;
import dev.parley.core.ChannelName;
import dev.parley.core.Content;
import dev.parley.core.LogUnavailable;
import dev.parley.core.Logs;
import dev.parley.core.Message;
import dev.parley.core.Metrics;
import dev.parley.core.Namespace;
import dev.parley.core.Nodes;
import dev.parley.core.Position;
import dev.parley.core.Presence;
import dev.parley.core.PublishKey;
import dev.parley.core.Signal;
import dev.parley.core.Signals;
import dev.parley.core.Slice;
import dev.parley.core.Start;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Function;

/** The logs that all nodes share. */
public final class RedisBroker implements Broker, Signals {
    private static final Duration CHECK = Duration.ofSeconds(5);
    private static final Duration RENEWAL = RedisPresence.LEASE.dividedBy(3);
    private static final Duration SWEEP = Duration.ofSeconds(1);
    private static final Position NONE = new Position("0", 0);

    private final Function<ChannelName, Namespace> namespaces;
    private final RedisOptions options;
    private final Keys keys;
    private final RedisTime time;
    private final Epochs epochs = new Epochs();
    private final Link link;
    private final LogReader log;
    private final Watches watches;
    private final Listing listing;
    private final RedisPresence presence;
    private final RedisNodes nodes;
    private final Metrics metrics;
    private volatile boolean closed;

    /**
     * Connects, and waits a moment for that. Redis need not be there: until it is, everything is refused.
     *
     * @param namespaces the rules that a channel goes by
     * @param node this node's name
     * @param threads gives each task a virtual thread
     */
    public RedisBroker(
            RedisOptions options,
            String node,
            Function<ChannelName, Namespace> namespaces,
            Executor threads,
            InstantSource clock,
            Metrics metrics) {
        this.options = options;
        this.metrics = metrics;
        this.namespaces = namespaces;
        this.keys = new Keys(options.prefix());
        this.time = new RedisTime(clock);
        this.link = new Link(options, node, keys, time);
        this.log = new LogReader(link, keys, time, epochs, namespaces, metrics);
        this.watches = new Watches(link, keys, log, threads);
        this.listing = new Listing(link, keys, time, options.maxChannels());
        this.presence = new RedisPresence(link, keys, time, threads);
        this.nodes =
                new RedisNodes(link, keys, epochs.next(), node, new Agreement(options), threads, options.timeout());
        metrics.gauge("parley.nodes", "nodes that share the log, this one too", () -> nodes.count() + 1);
        metrics.gauge(
                "parley.nodes.differing", "nodes that do not agree with this one on what all must", nodes::differing);
        link.start(List.of(watches, presence, nodes));
        link.every(CHECK, this::check);
        link.every(RENEWAL, presence::renew);
        link.every(SWEEP, presence::sweep);
        link.every(RedisNodes.GREETING, nodes::greet);
    }

    /** Without metrics. */
    public RedisBroker(
            RedisOptions options,
            String node,
            Function<ChannelName, Namespace> namespaces,
            Executor threads,
            InstantSource clock) {
        this(options, node, namespaces, threads, clock, Metrics.NONE);
    }

    /** Who is on these logs' channels, for as long as this broker lives. */
    public Presence presence() {
        return presence;
    }

    /** The nodes that have the same logs. */
    public Nodes nodes() {
        return nodes;
    }

    @Override
    public Appended append(ChannelName channel, Content content, Optional<PublishKey> key) {
        Namespace rules = namespaces.apply(channel);
        List<Object> answer = append(channel, rules, content, key, false);
        if (text(answer).equals("new")) {
            listing.admit(channel, rules);
            answer = append(channel, rules, content, key, true);
        }
        if (text(answer).equals("late")) {
            throw new LogUnavailable("Redis was too slow");
        }
        var position = new Position(text(answer), (Long) answer.get(1));
        boolean duplicate = (Long) answer.get(2) == 1;
        if (!duplicate) {
            listing.stored(channel, rules, position);
        }
        return new Appended(position, duplicate);
    }

    private List<Object> append(
            ChannelName channel, Namespace rules, Content content, Optional<PublishKey> key, boolean welcome) {
        Position known = lastKnown(channel);
        byte[][] args = Arguments.of(
                time.now(),
                time.deadline(options.timeout()),
                epochs.next(),
                known.epoch(),
                known.offset(),
                welcome ? 1 : 0,
                rules.history(),
                Arguments.millis(rules.historyAge()),
                rules.historyBytes(),
                Arguments.millis(rules.keyTime()),
                options.address().publish(),
                keys.live(channel),
                content.data(),
                content.event(),
                content.from(),
                rules.compact() ? 1 : 0);
        List<String> where = new ArrayList<>(List.of(keys.meta(channel), keys.log(channel), keys.names(channel)));
        key.ifPresent(it -> where.add(keys.used(channel, it)));
        return link.await(
                link.run(Script.APPEND, where.toArray(String[]::new), args), Metrics.Work.REDIS_APPEND, metrics);
    }

    private Position lastKnown(ChannelName channel) {
        Position reported = watches.last(channel);
        Position stored = listing.last(channel);
        if (reported == null || stored == null) {
            return reported != null ? reported : stored != null ? stored : NONE;
        }
        return reported.sameEpoch(stored) && reported.offset() < stored.offset() ? stored : reported;
    }

    @Override
    public Slice after(ChannelName channel, Start after, int limit) {
        return log.after(channel, after, limit);
    }

    @Override
    public Slice before(ChannelName channel, Start before, int limit) {
        return log.before(channel, before, limit);
    }

    @Override
    public Optional<Message> at(ChannelName channel, Position position) {
        if (position.offset() < 1) {
            return Optional.empty();
        }
        return log.after(channel, new Start.At(position.at(position.offset() - 1)), 1).messages().stream()
                .filter(message -> message.position().equals(position))
                .findFirst();
    }

    @Override
    public Position watch(ChannelName channel, Watcher watcher) {
        return watches.watch(channel, watcher);
    }

    @Override
    public void unwatch(ChannelName channel, Watcher watcher) {
        watches.unwatch(channel, watcher);
    }

    /** A signal goes the way of the announcements, so that it costs the nodes that have no readers nothing. */
    @Override
    public void send(Signal signal) {
        var unused = link.send(it -> it.publish(keys.live(signal.channel()), Announcement.of(signal)));
    }

    @Override
    public boolean isAvailable() {
        return !closed && link.isWritable();
    }

    @Override
    public String trouble() {
        return link.isUp() ? "redis: it refuses to be written" : "redis: it does not answer";
    }

    @Override
    public boolean isInTouch() {
        return !closed && link.isUp();
    }

    /** Blocks until all threads have ended, some seconds at most. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (link.isUp()) {
            nodes.leave();
        }
        link.close();
    }

    /** An announcement may be lost without anybody noticing: the last one before a pause, say. */
    private void check() {
        if (link.isUp()) {
            watches.checkQuiet();
        }
        listing.sweep();
    }

    /** The same logs, for who looks after them. */
    public Logs logs() {
        return new RedisLogs(link, keys, time);
    }

    private static String text(List<Object> answer) {
        return new String((byte[]) answer.getFirst(), UTF_8);
    }
}
