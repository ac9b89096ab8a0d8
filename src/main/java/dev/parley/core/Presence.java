package dev.parley.core;

import java.time.Duration;
import java.util.List;

/**
 * Who is on which channel. A member is a user; its sessions are counted. One contract suite judges every implementation.
 *
 * <p>Coming and going never fails and never waits: what cannot be told to others now is told when that is possible again. Only
 * {@link #members} may block for a network and throw {@link LogUnavailable}.
 */
public interface Presence extends AutoCloseable {
    /**
     * A session reads a channel from now on, until it leaves; or until this node is gone, which others then notice by themselves.
     * Ends a leaving that has not taken effect yet.
     */
    void join(ChannelName channel, String session, User user);

    /** Like {@link #join}, for a reader that comes again and again: it is there for so long, or longer if that is known already. */
    void visit(ChannelName channel, String session, User user, Duration lease);

    /**
     * A session leaves, but is counted for so long after. If its user is back by then, with this or another session, the user has
     * never been away. Without effect for a session that is not there.
     *
     * @param linger zero for at once
     */
    void leave(ChannelName channel, String session, Duration linger);

    /**
     * Who is there, whoever came first before the others.
     *
     * @param limit at most so many; with 0 only the counts are told, which is cheap
     */
    Members members(ChannelName channel, int limit);

    /**
     * Reports every user who comes to this channel or leaves it from now on, in order. A channel has one watcher at a time: a new
     * one takes the place of the old.
     */
    void watch(ChannelName channel, Watcher watcher);

    void unwatch(ChannelName channel);

    @Override
    void close();

    /**
     * Some of those who are on a channel.
     *
     * @param count how many there are in all
     * @param sessions how many sessions they have, all together
     */
    record Members(List<Member> members, int count, int sessions) {
        public static final Members NOBODY = new Members(List.of(), 0, 0);

        public Members {
            members = List.copyOf(members);
        }
    }

    /**
     * A user who was not there has come, or one who was there has left. Further sessions of a member are no change.
     *
     * @param present whether the user is there now
     * @param count how many members there are since then
     */
    record Change(ChannelName channel, Member member, boolean present, int count) {}

    /** Hears of changes. */
    @FunctionalInterface
    interface Watcher {
        /** Called in order for each channel, perhaps under a lock: must be brief, must not block, must not call back. */
        void changed(Change change);
    }
}
