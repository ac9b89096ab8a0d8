package dev.parley.session;

import dev.parley.core.ChannelName;
import dev.parley.core.LogUnavailable;
import dev.parley.core.Metrics;
import dev.parley.core.Reader;
import dev.parley.core.Subscription;
import dev.parley.core.User;
import dev.parley.protocol.CloseCode;
import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.Frame;
import dev.parley.protocol.SessionFigures;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One connected client: who it is, what it reads, and when it was last heard of. It ends once, whoever ends it: the client, the
 * server, a failed write or a missed deadline; then it has left every channel and nothing remembers it.
 */
public final class ClientSession {
    private static final Logger LOG = System.getLogger(ClientSession.class.getName());

    private final String id;
    private final User user;
    private final Kind kind;
    private final Sessions sessions;
    private final Transport transport;
    private final Metrics.Traffic traffic;
    private final Subscriptions subscriptions = new Subscriptions();
    private final Writer writer;
    private final Pulse pulse;
    private volatile @Nullable Ending ending; // this and the next are written under the lock on this
    private volatile boolean ended;
    private volatile boolean signals;
    private final long opened; // in ticks

    /** How a session is connected. */
    public enum Kind {
        WEBSOCKET,
        CHAT,
        SSE
    }

    /**
     * Nothing more is taken; what waits for the writer is still written, then the connection is closed.
     *
     * @param since in ticks
     */
    private record Ending(CloseCode reason, long since) {}

    ClientSession(String id, User user, Kind kind, Transport transport, Sessions sessions) {
        this.id = id;
        this.user = user;
        this.kind = kind;
        this.transport = transport;
        this.sessions = sessions;
        this.traffic = sessions.traffic(kind);
        this.pulse = new Pulse(sessions::now, kind != Kind.SSE);
        this.writer = new Writer(this, transport, subscriptions, sessions.crew());
        this.opened = sessions.now();
        this.signals = kind == Kind.WEBSOCKET;
    }

    public String id() {
        return id;
    }

    public User user() {
        return user;
    }

    public Kind kind() {
        return kind;
    }

    public boolean isOpen() {
        return ending == null && !ended;
    }

    /** Whoever is to be given to a channel as this session's reader. */
    public Reader reader() {
        return writer;
    }

    /** Sends a frame, after those sent before. Never blocks. */
    public void send(Frame frame) {
        writer.send(frame);
    }

    /**
     * Begins to write what subscriptions made with {@link #reader} bring.
     *
     * @param first what the client is told before; once it knows, the subscriptions are there for everybody
     */
    public void read(List<Subscription> begun, List<? extends Frame> first) {
        if (!writer.begin(begun, first)) {
            for (Subscription late : begun) {
                late.leave();
                sessions.attendance().leave(late.channel(), this, true);
            }
        }
    }

    /** Ends a subscription for good: its user is not expected back. */
    public void leave(Subscription subscription) {
        subscriptions.remove(subscription);
        sessions.attendance().leave(subscription.channel(), this, false);
    }

    private void leaveAll(boolean brokeOff) {
        for (Subscription last : subscriptions.end()) {
            sessions.attendance().leave(last.channel(), this, brokeOff);
        }
    }

    public @Nullable Subscription subscription(ChannelName channel) {
        return subscriptions.find(channel);
    }

    public int subscriptionCount() {
        return subscriptions.all().length;
    }

    /** From now on signals are sent too; on {@code /ws} they always are. */
    public void hearSignals() {
        signals = true;
    }

    boolean hearsSignals() {
        return signals;
    }

    /** Ends a subscription from this side, and says so. @return whether there was one */
    boolean dismiss(ChannelName channel) {
        Subscription subscription = subscription(channel);
        if (subscription == null) {
            return false;
        }
        leave(subscription);
        send(new Frame.Dismissed(channel, ErrorCode.NOT_PERMITTED));
        if (kind != Kind.WEBSOCKET && subscriptionCount() == 0) {
            kick(); // it can ask for no other channel
        }
        return true;
    }

    /** Ends the session for good. */
    void kick() {
        send(new Frame.Closing(CloseCode.KICKED, Frame.Closing.NEVER));
        end(CloseCode.KICKED);
    }

    SessionFigures figures() {
        long age = (sessions.now() - opened) * Sessions.TICK_MILLIS / 1000;
        List<ChannelName> channels =
                Arrays.stream(subscriptions.all()).map(Subscription::channel).toList();
        return new SessionFigures(id, user.name(), kind.name().toLowerCase(Locale.ROOT), age, channels);
    }

    /**
     * The client has sent something.
     *
     * @param size in characters or bytes
     */
    public void received(int size) {
        heard();
        traffic.received(size);
    }

    /** The client has shown a sign of life. */
    public void heard() {
        pulse.heard();
    }

    /** Ends the session from this side, after the frames sent before. Does nothing if it ends already. */
    public void end(CloseCode code) {
        if (begin(new Ending(code, sessions.now()))) {
            sessions.endings()
                    .log(
                            code == CloseCode.RESTART || code == CloseCode.NORMAL ? Level.DEBUG : Level.INFO,
                            code.name(),
                            "session " + id + " closed with " + code.number() + ": " + code.text());
            leaveAll(code != CloseCode.KICKED);
            writer.wake();
        }
    }

    private synchronized boolean begin(Ending first) {
        if (!isOpen()) {
            return false;
        }
        ending = first;
        return true;
    }

    /** The connection has ended, or cannot be used any more. */
    public void ended() {
        if (forget()) {
            sessions.remove(this);
        }
    }

    /**
     * The last that a writer does. The session's place is free before its client learns of the end, as that may come again at once;
     * who waits for the session to be gone waits until the client has been told.
     */
    void close() {
        finish(transport::close);
    }

    /** For a session whose writer is stuck. */
    private void cut() {
        finish(transport::cut);
    }

    private void finish(Consumer<CloseCode> farewell) {
        if (forget()) {
            try {
                farewell.accept(reason());
            } finally {
                sessions.remove(this);
            }
        }
    }

    private CloseCode reason() {
        Ending known = ending;
        return known == null ? CloseCode.NORMAL : known.reason();
    }

    private boolean forget() {
        synchronized (this) {
            if (ended) {
                return false;
            }
            ended = true;
        }
        leaveAll(true);
        sessions.leave();
        Ending known = ending;
        traffic.closed(
                known == null ? Metrics.Traffic.BY_CLIENT : known.reason().number(),
                (sessions.now() - opened) * Sessions.TICK_MILLIS);
        return true;
    }

    void broken(Throwable cause) {
        sessions.endings().log(Level.INFO, "broken", "session " + id + " broke off: " + cause);
        close();
    }

    Metrics.Traffic traffic() {
        return traffic;
    }

    Pulse pulse() {
        return pulse;
    }

    /** How far it is behind in the channel in which it is furthest behind, in messages. */
    long behind() {
        return subscriptions.behind();
    }

    boolean isEnding() {
        return ending != null && !ended;
    }

    /** Looks after the deadlines, once a tick. */
    void beat(long now, Pulse.Deadlines deadlines) {
        writer.retry();
        Ending known = ending;
        if (known != null) {
            if (now - known.since() > deadlines.stall()) {
                sessions.threads().execute(this::cut); // may have to wait a moment for the write
            }
            return;
        }
        switch (pulse.state(now, deadlines)) {
            case DEAD -> end(CloseCode.NO_SIGN_OF_LIFE);
            case STALLED -> sessions.threads().execute(this::endIfLost); // the log may be far away
            case WELL -> ping(now, deadlines);
        }
    }

    private void ping(long now, Pulse.Deadlines deadlines) {
        if (pulse.pingIfDue(now, deadlines)) {
            writer.wake();
        }
        if (kind == Kind.WEBSOCKET && pulse.isSilent(now, deadlines)) {
            send(new Frame.Ping());
        }
    }

    private void endIfLost() {
        try {
            if (subscriptions.isLost()) {
                end(CloseCode.TOO_SLOW);
            }
        } catch (LogUnavailable e) {
            LOG.log(Level.DEBUG, "whether session {0} is lost is not known now", id);
        }
    }
}
