package dev.parley.session;

import dev.parley.core.Broker.Appended;
import dev.parley.core.ChannelName;
import dev.parley.core.Hub;
import dev.parley.core.Presence;
import dev.parley.core.Slice;
import dev.parley.core.Start;
import dev.parley.core.Subscription;
import dev.parley.protocol.CloseCode;
import dev.parley.protocol.Command;
import dev.parley.protocol.CommandReader;
import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.Frame;
import dev.parley.protocol.Refused;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is said on {@code /ws}: takes commands in their order and answers them. One thread at a time. */
public final class Conversation implements CommandReader.Receiver {
    private static final Logger LOG = System.getLogger(Conversation.class.getName());

    /** So many malformed commands in a row, and the client is taken for one that does not speak the protocol. */
    private static final int PROTOCOL_ERRORS = 10;

    private final ClientSession session;
    private final Gate gate;
    private final CommandReader reader;
    private final Terms terms;
    private int faults; // malformed commands since the last good one

    /**
     * @param heartbeat told to clients, in seconds
     * @param server told to clients
     */
    public record Terms(int channelsPerSession, long heartbeat, String server) {}

    public Conversation(ClientSession session, Gate gate, CommandReader reader, Terms terms) {
        this.session = session;
        this.gate = gate;
        this.reader = reader;
        this.terms = terms;
    }

    public void begin() {
        session.send(connected(0));
    }

    public void receive(String frame) {
        reader.read(frame, this);
    }

    public void receive(byte[] frame) {
        reader.read(frame, this);
    }

    /** Does none of a frame's commands, and gives each the same reason. Any thread, also while another one is in a command. */
    public void refuse(String frame, Refused why) {
        reader.read(frame, new Refusing(why));
    }

    /** The same for a binary frame. */
    public void refuse(byte[] frame, Refused why) {
        reader.read(frame, new Refusing(why));
    }

    @Override
    public void command(Command command) {
        if (!session.isOpen()) {
            return;
        }
        try {
            faults = 0;
            take(command);
        } catch (Refused e) {
            tell(command, e);
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "session " + session.id() + ": " + command, e);
            session.send(new Frame.Error(command.id(), ErrorCode.INTERNAL, "", channelOf(command)));
        }
    }

    @Override
    public void refused(long id, Refused why) {
        if (!session.isOpen()) {
            return;
        }
        session.send(new Frame.Error(id, why.code(), why.detail(), null));
        if (why.code() == ErrorCode.MALFORMED && ++faults >= PROTOCOL_ERRORS) {
            session.end(CloseCode.PROTOCOL_ERRORS);
        }
    }

    @Override
    public boolean isListening() {
        return session.isOpen();
    }

    private void tell(Command command, Refused why) {
        long after = why.retryAfter() * 1000L;
        session.send(new Frame.Error(command.id(), why.code(), why.detail(), channelOf(command), after));
    }

    private final class Refusing implements CommandReader.Receiver {
        private final Refused reason;

        Refusing(Refused reason) {
            this.reason = reason;
        }

        @Override
        public void command(Command command) {
            tell(command, reason);
        }

        @Override
        public void refused(long id, Refused why) {
            session.send(new Frame.Error(id, why.code(), why.detail(), null));
        }

        @Override
        public boolean isListening() {
            return session.isOpen();
        }
    }

    private void take(Command command) {
        switch (command) {
            case Command.Connect it -> reply(connected(it.id()));
            case Command.Subscribe it -> subscribe(it);
            case Command.Unsubscribe it -> unsubscribe(it);
            case Command.Publish it -> publish(it);
            case Command.Signal it -> signal(it);
            case Command.History it -> history(it);
            case Command.Presence it ->
                reply(Frame.Presence.of(it.id(), it.channel(), gate.presence(session.user(), it.channel())));
        }
    }

    private void subscribe(Command.Subscribe command) {
        ChannelName channel = command.channel();
        if (session.subscription(channel) != null) {
            throw new Refused(ErrorCode.SUBSCRIPTION, "already subscribed");
        }
        if (session.subscriptionCount() >= terms.channelsPerSession()) {
            throw new Refused(ErrorCode.LIMIT, "a session may read " + terms.channelsPerSession() + " channels");
        }
        Hub.Joined joined = gate.subscribe(session, channel, command.after());
        try {
            Boolean recovered = command.after() instanceof Start.At ? joined.recovered() : null;
            Presence.Members present = command.presence() ? gate.follow(session, channel) : null;
            var reply = new Frame.Subscribed(command.id(), channel, joined.head(), recovered, present);
            session.read(List.of(joined.subscription()), command.id() > 0 ? List.of(reply) : List.of());
        } catch (RuntimeException e) {
            session.leave(joined.subscription());
            throw e;
        }
    }

    private void unsubscribe(Command.Unsubscribe command) {
        Subscription subscription = session.subscription(command.channel());
        if (subscription == null) {
            throw new Refused(ErrorCode.SUBSCRIPTION, "not subscribed");
        }
        session.leave(subscription);
        reply(new Frame.Unsubscribed(command.id(), command.channel()));
    }

    private void publish(Command.Publish command) {
        Appended stored =
                gate.publish(session.user(), command.channel(), command.data(), command.event(), command.key());
        reply(new Frame.Published(command.id(), command.channel(), stored.position(), stored.duplicate()));
    }

    private void signal(Command.Signal command) {
        gate.signal(session, command.channel(), command.data(), command.event());
        reply(new Frame.Signalled(command.id(), command.channel()));
    }

    private void history(Command.History command) {
        Slice slice = gate.history(session.user(), command.channel(), command.range());
        reply(new Frame.History(
                command.id(),
                command.channel(),
                slice.messages(),
                slice.more(),
                recovered(command.range().start(), command.range().forward(), slice)));
    }

    /** What a page of history says of its start: nothing unless a position was named that it begins after. */
    public static @Nullable Boolean recovered(Start asked, boolean forward, Slice slice) {
        return forward && asked instanceof Start.At at ? !slice.missedAfter(at.position()) : null;
    }

    private Frame.Connected connected(long re) {
        return new Frame.Connected(re, session.id(), session.user().name(), terms.heartbeat(), terms.server());
    }

    private void reply(Frame.Reply reply) {
        if (reply.re() > 0) {
            session.send(reply);
        }
    }

    private static @Nullable ChannelName channelOf(Command command) {
        return switch (command) {
            case Command.Connect it -> null;
            case Command.Subscribe it -> it.channel();
            case Command.Unsubscribe it -> it.channel();
            case Command.Publish it -> it.channel();
            case Command.Signal it -> it.channel();
            case Command.History it -> it.channel();
            case Command.Presence it -> it.channel();
        };
    }
}
