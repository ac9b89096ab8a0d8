package dev.parley.app;

import dev.parley.auth.Origins;
import dev.parley.auth.PublicAccess;
import dev.parley.config.Settings;
import dev.parley.core.Broker;
import dev.parley.core.GuardedMetrics;
import dev.parley.core.Hub;
import dev.parley.core.Logs;
import dev.parley.core.Metrics;
import dev.parley.core.Nodes;
import dev.parley.core.Presence;
import dev.parley.core.Signals;
import dev.parley.core.VirtualThreads;
import dev.parley.embedded.EmbeddedPresence;
import dev.parley.embedded.StandaloneBroker;
import dev.parley.http.BatchResource;
import dev.parley.http.ChannelsResource;
import dev.parley.http.DrainResource;
import dev.parley.http.FrontFilter;
import dev.parley.http.HealthResource;
import dev.parley.http.MessagesResource;
import dev.parley.http.MetricsResource;
import dev.parley.http.PollResource;
import dev.parley.http.Polls;
import dev.parley.http.PresenceResource;
import dev.parley.http.Problems;
import dev.parley.http.SessionsResource;
import dev.parley.http.SignalsResource;
import dev.parley.metrics.NodeMeters;
import dev.parley.protocol.BatchReader;
import dev.parley.protocol.CommandReader;
import dev.parley.redis.Address;
import dev.parley.redis.RedisBroker;
import dev.parley.redis.RedisOptions;
import dev.parley.session.Administration;
import dev.parley.session.Attendance;
import dev.parley.session.Conversation;
import dev.parley.session.Crew;
import dev.parley.session.Drain;
import dev.parley.session.Gate;
import dev.parley.session.Overload;
import dev.parley.session.Rate;
import dev.parley.session.Sessions;
import dev.parley.session.Signalling;
import dev.parley.sse.EventBytesWriter;
import dev.parley.sse.EventsResource;
import dev.parley.sse.StreamHeaders;
import dev.parley.websocket.Endpoints;
import dev.parley.websocket.HandshakeFilter;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/** One node: every object of the application, built once and handed down. */
final class Node {
    private static final Duration GOODBYE = Duration.ofSeconds(5);

    /** A node that stops and has few sessions takes no longer than so for each of them. */
    private static final Duration EACH = Duration.ofMillis(20);

    private static final long SWEEP_SECONDS = 5;
    private static final long LOOK_SECONDS = 1;

    private final Settings settings;
    private final NodeMeters meters = new NodeMeters();
    private final Metrics metrics;
    private final Overload overload;
    private final Heap heap = new Heap();
    private final Broker broker;
    private final Runnable sweep;
    private final Presence presence;
    private final Runnable sweepPresence;
    private final Attendance attendance;
    private final Rate signalRate;
    private final Administration administration;
    private final Sessions sessions;
    private final Gate gate;
    private final Polls polls = new Polls();
    private final Drain drain;
    private final Conversation.Terms terms;
    private final ScheduledExecutorService clock;

    Node(Settings settings, String version) {
        this.settings = settings;
        Settings.Limits limits = settings.limits();
        Settings.Deadlines deadlines = settings.deadlines();
        this.metrics = new GuardedMetrics(meters);
        Logs logs;
        Nodes others;
        if (settings.redis().address().isEmpty()) {
            var standalone = StandaloneBroker.open(
                    settings.data(), settings::namespace, limits.channels(), Clock.systemUTC(), metrics);
            this.broker = standalone;
            this.sweep = standalone::sweep;
            logs = standalone;
            others = Nodes.ALONE;
            var members = new EmbeddedPresence(Clock.systemUTC());
            this.presence = members;
            this.sweepPresence = members::sweep;
            metrics.gauge("parley.log.channels", "channels that have something stored", standalone::channels);
            metrics.gauge("parley.log.messages", "messages of the log on disk", standalone::messages);
            metrics.gauge("parley.log.bytes", "room that the log takes on disk", standalone::bytes);
        } else {
            RedisBroker shared = redisBroker(settings, metrics);
            this.broker = shared;
            this.sweep = () -> {}; // Redis does that by itself
            logs = shared.logs();
            others = shared.nodes();
            this.presence = shared.presence();
            this.sweepPresence = () -> {};
        }
        this.signalRate = new Rate(limits.signals(), System::nanoTime);
        this.attendance = new Attendance(presence, rules(settings.presence()));
        ThreadFactory writers = VirtualThreads.named("parley-writer");
        Executor threads = task -> writers.newThread(task).start();
        var crew = new Crew(threads);
        var hub = new Hub(broker, settings::namespace, crew::submit);
        this.gate = new Gate(
                hub,
                attendance,
                new Signalling(broker instanceof Signals shared ? shared : hub::signal, signalRate),
                new PublicAccess(settings.adminKey()),
                limits.messageSize(),
                metrics);
        this.sessions = new Sessions(
                threads,
                crew,
                attendance,
                limits.connections(),
                deadlines.heartbeat(),
                deadlines.pong(),
                deadlines.write(),
                metrics);
        this.overload = new Overload(
                sessions.admission(),
                settings.overload().heap(),
                settings.overload().lag());
        this.administration = new Administration(hub, logs, sessions, attendance, others);
        this.drain = new Drain(sessions, polls::hurry);
        this.terms = new Conversation.Terms(
                limits.channelsPerSession(), Math.max(1, deadlines.heartbeat().toSeconds()), "parley/" + version);
        gauges(hub);
        this.clock = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("parley-clock").daemon().factory());
    }

    private static RedisBroker redisBroker(Settings settings, Metrics metrics) {
        Settings.Redis redis = settings.redis();
        ThreadFactory threads = VirtualThreads.named("parley-redis");
        return new RedisBroker(
                new RedisOptions(
                        Address.parse(redis.address()),
                        redis.prefix(),
                        redis.timeout(),
                        settings.limits().channels(),
                        settings.namespaces()),
                settings.node(),
                settings::namespace,
                task -> threads.newThread(task).start(),
                Clock.systemUTC(),
                metrics);
    }

    private void gauges(Hub hub) {
        metrics.gauge("parley.polls.waiting", "polls that wait for a message", polls::waiting);
        metrics.gauge("parley.channels.watched", "channels that somebody reads here", hub::watchedChannels);
        metrics.gauge("parley.log.available", "1 if a publish would be stored", () -> gate.isReady() ? 1 : 0);
        metrics.gauge(
                "parley.ready",
                "1 if the node takes new clients in",
                () -> gate.isReady() && sessions.admission().reason() == null ? 1 : 0);
        metrics.gauge(
                "parley.slowest.reader.behind.messages",
                "how far the last of all readers is behind its channel's head",
                sessions::furthestBehind);
        metrics.gauge(
                "parley.writer.lag.seconds", "how long a writer waits for its turn", () -> sessions.writerLag() / 1e9);
    }

    void start() {
        meters.start();
        var unusedTick = clock.scheduleAtFixedRate(
                sessions::tick, Sessions.TICK_MILLIS, Sessions.TICK_MILLIS, TimeUnit.MILLISECONDS);
        long interval = settings.presence().interval().toMillis();
        var unusedAnnouncements =
                clock.scheduleWithFixedDelay(this::tellWhoIsThere, interval, interval, TimeUnit.MILLISECONDS);
        var unusedLook = clock.scheduleWithFixedDelay(this::look, LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
        var unusedSweep = clock.scheduleWithFixedDelay(this::sweep, SWEEP_SECONDS, SWEEP_SECONDS, TimeUnit.SECONDS);
    }

    private void sweep() {
        sweep.run();
        signalRate.sweep();
    }

    private void look() {
        sessions.probe();
        overload.look(heap.percent(), sessions.writerLag());
    }

    private void tellWhoIsThere() {
        sweepPresence.run();
        attendance.announce();
    }

    private static Attendance.Rules rules(Settings.Presence presence) {
        return new Attendance.Rules(presence.grace(), presence.lease(), presence.members(), presence.pushes());
    }

    /** Sends every client away and waits until it is gone. Readers may still come back to the log, publishes are still taken. */
    void drain() throws InterruptedException {
        Duration enough = EACH.multipliedBy(sessions.count());
        Duration most = settings.deadlines().drain();
        drain.finish(enough.compareTo(most) < 0 ? enough : most);
    }

    /** Drains, and leaves no thread behind, also if it is interrupted. */
    void stop() throws InterruptedException {
        try {
            drain();
        } finally {
            try {
                polls.close(GOODBYE);
            } finally {
                endClock();
            }
        }
    }

    private void endClock() throws InterruptedException {
        clock.shutdownNow();
        try {
            clock.awaitTermination(GOODBYE.toSeconds(), TimeUnit.SECONDS);
        } finally {
            presence.close();
            broker.close();
            meters.close();
        }
    }

    FrontFilter frontFilter() {
        return new FrontFilter(settings.node(), new Origins(settings.origins()), sessions::refused);
    }

    HandshakeFilter handshakeFilter() {
        return new HandshakeFilter(settings.echo(), settings.limits().nameLength(), sessions.admission());
    }

    Endpoints endpoints() {
        Settings.Limits limits = settings.limits();
        return new Endpoints(
                gate,
                sessions,
                new CommandReader(limits.nameLength()),
                terms,
                limits.frameSize(),
                limits.messageSize(),
                limits.commandBacklog(),
                limits.nameLength(),
                settings.compression(),
                settings.compressionThreshold());
    }

    /** The JAX-RS resources and what they need around them. */
    Set<Object> resources() {
        Settings.Limits limits = settings.limits();
        return Set.of(
                new MessagesResource(gate, administration, limits.messageSize(), limits.nameLength()),
                new PollResource(gate, sessions, polls, limits.nameLength()),
                new BatchResource(
                        gate,
                        new BatchReader(limits.nameLength(), limits.batch()),
                        limits.batchSize(),
                        limits.nameLength()),
                new ChannelsResource(gate, administration),
                new SessionsResource(gate, administration),
                new SignalsResource(gate, limits.messageSize(), limits.nameLength()),
                new PresenceResource(gate, limits.nameLength()),
                new HealthResource(gate, sessions),
                new MetricsResource(meters::scrape),
                new DrainResource(gate, drain, settings.deadlines().drain()),
                new EventsResource(gate, sessions, terms, limits.nameLength()),
                new EventBytesWriter(),
                new StreamHeaders(),
                new Problems());
    }
}
