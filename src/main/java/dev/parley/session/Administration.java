package dev.parley.session;

import dev.parley.core.ChannelName;
import dev.parley.core.Hub;
import dev.parley.core.Logs;
import dev.parley.core.Message;
import dev.parley.core.Slice;
import dev.parley.core.Start;
import dev.parley.protocol.ChannelFigures;
import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.Refused;
import dev.parley.protocol.SessionFigures;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What administrators look at and may do. Whether somebody is one is asked at the {@link Gate}, before. */
public final class Administration {
    private final Hub hub;
    private final Logs logs;
    private final Sessions sessions;
    private final Attendance attendance;

    public Administration(Hub hub, Logs logs, Sessions sessions, Attendance attendance) {
        this.hub = hub;
        this.logs = logs;
        this.sessions = sessions;
        this.attendance = attendance;
    }

    /** Some of those who are connected to this node, and how many there are. */
    public Found<SessionFigures> sessions(int limit) {
        Set<ClientSession> all = sessions.all();
        return new Found<>(all.stream().limit(limit).map(ClientSession::figures).toList(), all.size());
    }

    /** Ends a session for good. */
    public void kick(String session) {
        ClientSession found = sessions.all().stream()
                .filter(one -> one.id().equals(session))
                .findFirst()
                .orElseThrow(() -> new Refused(ErrorCode.NOT_FOUND, "no such session on this node"));
        found.kick();
    }

    /** Ends all sessions of a user for good. */
    public int kickUser(String user) {
        List<ClientSession> found = sessionsOf(user);
        if (found.isEmpty()) {
            throw new Refused(ErrorCode.NOT_FOUND, "no such user on this node");
        }
        found.forEach(ClientSession::kick);
        return found.size();
    }

    /** Ends what a user reads of a channel; the sessions go on. */
    public int dismiss(ChannelName channel, String user) {
        int dismissed = (int) sessionsOf(user).stream()
                .filter(session -> session.dismiss(channel))
                .count();
        if (dismissed == 0) {
            throw new Refused(ErrorCode.NOT_FOUND, "this user does not read this channel on this node");
        }
        return dismissed;
    }

    /** The channels that have most readers on this node and, among equals, in which most was published. */
    public Found<ChannelFigures> channels(int limit) {
        Set<ChannelName> all = new HashSet<>(Gate.logged(logs::names));
        all.addAll(hub.watched());
        List<ChannelFigures> busiest = all.stream()
                .map(this::figures)
                .sorted(Comparator.comparingInt(ChannelFigures::subscribers)
                        .thenComparingLong(figures -> figures.head().offset())
                        .reversed())
                .limit(limit)
                .toList();
        return new Found<>(busiest, all.size());
    }

    public ChannelFigures channel(ChannelName channel) {
        ChannelFigures figures = figures(channel);
        if (figures.head().offset() == 0 && figures.subscribers() == 0 && figures.members() == 0) {
            throw new Refused(ErrorCode.NOT_FOUND, "nothing was published here, and nobody reads it");
        }
        return figures;
    }

    /** Deletes a channel's history. */
    public void clear(ChannelName channel) {
        Gate.logged(() -> {
            logs.clear(channel);
            return channel;
        });
    }

    private ChannelFigures figures(ChannelName channel) {
        Slice oldest = Gate.logged(() -> hub.log().after(channel, Start.EARLIEST, 1));
        return new ChannelFigures(
                channel,
                oldest.head(),
                oldest.messages().stream().findFirst().map(Message::position).orElse(null),
                hub.subscribers(channel),
                attendance.count(channel).count());
    }

    private List<ClientSession> sessionsOf(String user) {
        return sessions.all().stream()
                .filter(session -> session.user().name().equals(user))
                .toList();
    }

    /**
     * The first of what was looked for.
     *
     * @param count how many there are in all
     */
    public record Found<T>(List<T> some, int count) {
        public Found {
            some = List.copyOf(some);
        }
    }
}
