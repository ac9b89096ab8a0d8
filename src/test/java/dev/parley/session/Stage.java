package dev.parley.session;

import dev.parley.auth.PublicAccess;
import dev.parley.core.Access;
import dev.parley.core.Broker;
import dev.parley.core.ChannelName;
import dev.parley.core.Content;
import dev.parley.core.Hub;
import dev.parley.core.Namespace;
import dev.parley.core.Nodes;
import dev.parley.core.Position;
import dev.parley.core.User;
import dev.parley.embedded.EmbeddedBroker;
import dev.parley.embedded.EmbeddedPresence;
import dev.parley.fake.Attendances;
import dev.parley.fake.HandDriven;
import dev.parley.fake.RecordingTransport;
import dev.parley.fake.SettableClock;
import dev.parley.protocol.CommandReader;
import dev.parley.session.ClientSession.Kind;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** A node without a network: sessions whose threads and ticks the test drives by hand. */
final class Stage {
    static final ChannelName ROOM = new ChannelName("chat:lobby");
    static final ChannelName OTHER_ROOM = new ChannelName("chat:cellar");

    /** Deadlines in ticks: a ping is sent a second early, so that its period is kept. */
    static final int HEARTBEAT = 28;

    static final int PONG = 30;
    static final int WRITE = 40;
    static final int STALL = 2;

    static final int MESSAGE_SIZE = 1000;
    static final int CHANNELS_PER_SESSION = 3;
    static final int CONNECTIONS = 5;
    static final int CHANNELS = 4;
    static final int SIGNALS = 5;

    final HandDriven threads = new HandDriven();
    final Crew crew = new Crew(threads);
    final AtomicLong nanos = new AtomicLong();
    final SettableClock clock = new SettableClock();
    final EmbeddedPresence presence = new EmbeddedPresence(clock);
    final Attendance attendance = Attendances.over(presence);
    final Sessions sessions = new Sessions(
            threads,
            crew,
            attendance,
            CONNECTIONS,
            Duration.ofSeconds(15),
            Duration.ofSeconds(15),
            Duration.ofSeconds(20));
    final EmbeddedBroker broker;
    final Hub hub;
    final Rate rate = new Rate(SIGNALS, nanos::get);
    final Signalling signalling;
    final Administration administration;

    Stage() {
        this(Namespace.DEFAULT);
    }

    Stage(Namespace rules) {
        this(name -> rules);
    }

    Stage(Function<ChannelName, Namespace> rules) {
        this(rules, log -> log);
    }

    /** @param seen what stands between the node and its log */
    Stage(Function<ChannelName, Namespace> rules, UnaryOperator<Broker> seen) {
        broker = new EmbeddedBroker(rules, CHANNELS, clock);
        hub = new Hub(seen.apply(broker), rules, crew::submit);
        signalling = new Signalling(hub::signal, rate);
        administration = new Administration(hub, broker, sessions, attendance, Nodes.ALONE);
    }

    /** Rules that keep few messages. */
    static Namespace keeping(int history, Namespace.SlowReader slowReader) {
        return new Namespace(history, Duration.ofHours(1), 4 << 20, slowReader, Duration.ofMinutes(5));
    }

    Client client() {
        return client(Kind.WEBSOCKET);
    }

    Client client(Kind kind) {
        return client(kind, new PublicAccess());
    }

    Client client(Kind kind, Access access) {
        return client(new User("alice"), kind, access);
    }

    Client client(User user, Kind kind) {
        return client(user, kind, new PublicAccess());
    }

    private Client client(User user, Kind kind, Access access) {
        var transport = new RecordingTransport();
        ClientSession session = sessions.open(user, kind, transport).orElseThrow();
        var conversation = new Conversation(
                session,
                gate(access),
                new CommandReader(64),
                new Conversation.Terms(CHANNELS_PER_SESSION, 15, "parley/test"));
        return new Client(this, session, transport, conversation);
    }

    Gate gate() {
        return gate(new PublicAccess());
    }

    private Gate gate(Access access) {
        return new Gate(hub, attendance, signalling, access, MESSAGE_SIZE);
    }

    Position publish(ChannelName channel, String data) {
        return hub.publish(channel, new Content(data, "", ""), Optional.empty()).position();
    }

    /** Publishes the numbers from {@code first} to {@code last} as data. */
    Position publish(ChannelName channel, int first, int last) {
        Position position = publish(channel, String.valueOf(first));
        for (int number = first + 1; number <= last; number++) {
            position = publish(channel, String.valueOf(number));
        }
        return position;
    }

    void run() {
        threads.run();
    }

    /** Lets time pass and whoever wants to run. */
    void ticks(int count) {
        for (int i = 0; i < count; i++) {
            sessions.tick();
            threads.run();
        }
    }
}
