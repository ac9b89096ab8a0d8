package dev.parley.session;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.parley.core.Access;
import dev.parley.core.Broker.Appended;
import dev.parley.core.ChannelLimit;
import dev.parley.core.ChannelName;
import dev.parley.core.Content;
import dev.parley.core.Hub;
import dev.parley.core.LogUnavailable;
import dev.parley.core.Message;
import dev.parley.core.Metrics;
import dev.parley.core.Presence;
import dev.parley.core.PublishKey;
import dev.parley.core.Reader;
import dev.parley.core.Signal;
import dev.parley.core.Slice;
import dev.parley.core.Start;
import dev.parley.core.User;
import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.Range;
import dev.parley.protocol.Refused;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The one way from all edges to the channels. Every request is checked here: may this user do this, and is it of a size that is
 * allowed. All methods throw {@link Refused}, and may block as the log does.
 */
public final class Gate {
    private final Hub hub;
    private final Attendance attendance;
    private final Signalling signalling;
    private final Access access;
    private final int messageSize;
    private final Metrics metrics;

    /** Without metrics. */
    public Gate(Hub hub, Attendance attendance, Signalling signalling, Access access, int messageSize) {
        this(hub, attendance, signalling, access, messageSize, Metrics.NONE);
    }

    /** @param messageSize the largest data of a message, in bytes of UTF-8 */
    public Gate(
            Hub hub, Attendance attendance, Signalling signalling, Access access, int messageSize, Metrics metrics) {
        this.metrics = metrics;
        this.hub = hub;
        this.attendance = attendance;
        this.signalling = signalling;
        this.access = access;
        this.messageSize = messageSize;
    }

    /**
     * @param data one JSON value in its text form, without line breaks
     * @param event the event's name, or empty
     */
    public Appended publish(User user, ChannelName channel, String data, String event, @Nullable String key) {
        check(user, Access.Action.PUBLISH, channel);
        checkSize(data);
        Optional<PublishKey> retry = Optional.ofNullable(key).map(text -> new PublishKey(user.name(), text));
        Appended stored = logged(() -> hub.publish(channel, new Content(data, event, user.from()), retry));
        metrics.published(data.length());
        return stored;
    }

    /** Sends a signal to those who read a channel now; see {@link #publish} for what it is made of. */
    public void signal(ClientSession session, ChannelName channel, String data, String event) {
        signal("session " + session.id(), session.user(), channel, data, event);
    }

    /** Sends the signal of somebody who has no session. All such signals of one user count to one rate. */
    public void signal(User user, ChannelName channel, String data, String event) {
        signal("user " + user.name(), user, channel, data, event);
    }

    private void signal(String sender, User user, ChannelName channel, String data, String event) {
        check(user, Access.Action.PUBLISH, channel);
        checkSize(data);
        signalling.send(sender, new Signal(channel, new Content(data, event, user.from())));
    }

    /** Subscribes a session, which is then on the channel; see {@link Hub#subscribe}. */
    public Hub.Joined subscribe(ClientSession session, ChannelName channel, Start after) {
        check(session.user(), Access.Action.READ, channel);
        Hub.Joined joined = logged(() -> hub.subscribe(channel, after, session.reader()));
        attendance.enter(channel, session);
        return counted(after, joined);
    }

    /**
     * Subscribes a reader that comes again and again; see {@link Hub#subscribe}.
     *
     * @param wait how long it stays this time
     */
    public Hub.Joined subscribe(User user, ChannelName channel, Start after, Reader reader, Duration wait) {
        check(user, Access.Action.READ, channel);
        Hub.Joined joined = logged(() -> hub.subscribe(channel, after, reader));
        attendance.visit(channel, user, wait);
        return counted(after, joined);
    }

    private Hub.Joined counted(Start after, Hub.Joined joined) {
        if (after instanceof Start.At) {
            metrics.replayed(joined.recovered());
        }
        return joined;
    }

    /** Who is on a channel. */
    public Presence.Members presence(User user, ChannelName channel) {
        check(user, Access.Action.READ, channel);
        return logged(() -> attendance.members(channel));
    }

    /** Who is on a channel, and from now on whoever comes or leaves. The session has to be there itself. */
    public Presence.Members follow(ClientSession session, ChannelName channel) {
        check(session.user(), Access.Action.READ, channel);
        attendance.follow(channel, session);
        return logged(() -> attendance.members(channel));
    }

    public Slice history(User user, ChannelName channel, Range range) {
        check(user, Access.Action.READ, channel);
        return logged(() -> range.forward()
                ? hub.log().after(channel, range.start(), range.limit())
                : hub.log().before(channel, range.start(), range.limit()));
    }

    /** The message at a position, or the newest or oldest one. */
    public Message message(User user, ChannelName channel, Start at) {
        check(user, Access.Action.READ, channel);
        Optional<Message> found = logged(() -> switch (at) {
            case Start.At it -> hub.log().at(channel, it.position());
            case Start.Earliest it ->
                hub.log().after(channel, it, 1).messages().stream().findFirst();
            case Start.Latest it ->
                hub.log().before(channel, it, 1).messages().stream().findFirst();
        });
        return found.orElseThrow(() -> new Refused(ErrorCode.NOT_FOUND, "no message at this position is retained"));
    }

    /**
     * Lets administrators pass, and nobody else.
     *
     * @param authorization the request's {@code Authorization} header
     */
    public void administer(@Nullable String authorization) {
        if (!access.hasAdministrators()) {
            throw new Refused(
                    ErrorCode.NOT_PERMITTED, "this server has no administrators: parley.admin-key is not set");
        }
        if (!access.isAdministrator(authorization == null ? "" : authorization)) {
            throw new Refused(ErrorCode.CREDENTIALS, "an administrator's key is needed");
        }
    }

    /** Whether a publish would find the log now. */
    public boolean isReady() {
        return hub.log().isAvailable();
    }

    /** Why not, in words for an operator; only to be asked when {@link #isReady} says no. */
    public String trouble() {
        return hub.log().trouble();
    }

    private void check(User user, Access.Action action, ChannelName channel) {
        if (!access.isAllowed(user, action, channel)) {
            throw new Refused(ErrorCode.NOT_PERMITTED, channel.text());
        }
    }

    private void checkSize(String data) {
        if (!fits(data)) {
            throw new Refused(ErrorCode.TOO_LARGE, "data may have " + messageSize + " bytes");
        }
    }

    private boolean fits(String data) {
        return data.length() * 3L <= messageSize // no character has more than three bytes
                || data.length() <= messageSize && data.getBytes(UTF_8).length <= messageSize;
    }

    static <T> T logged(Supplier<T> request) {
        try {
            return request.get();
        } catch (ChannelLimit e) {
            throw new Refused(ErrorCode.LIMIT, String.valueOf(e.getMessage()));
        } catch (LogUnavailable e) {
            throw new Refused(ErrorCode.LOG_UNAVAILABLE, "try again later");
        }
    }
}
