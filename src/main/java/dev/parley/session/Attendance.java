package dev.parley.session;

import dev.parley.core.ChannelName;
import dev.parley.core.Member;
import dev.parley.core.Presence;
import dev.parley.core.User;
import dev.parley.protocol.Frame;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * Keeps {@link Presence} in step with what this node's clients read, and tells those who want to know who comes and goes. What
 * changes within an interval is told together.
 */
public final class Attendance implements Presence.Watcher {
    private static final Logger LOG = System.getLogger(Attendance.class.getName());

    private final Presence presence;
    private final Rules rules;
    private final ConcurrentMap<ChannelName, Audience> audiences = new ConcurrentHashMap<>();
    private final Queue<Audience> changed = new ConcurrentLinkedQueue<>(); // those that are to be told something

    /**
     * @param grace how long a client that broke off counts as being there
     * @param lease how long a reader that polls counts as being there after its last request
     * @param listed how many members are listed at most
     * @param pushes how many {@code joined} and {@code left} are sent on a channel in an interval, to all its readers together
     */
    public record Rules(Duration grace, Duration lease, int listed, int pushes) {}

    public Attendance(Presence presence, Rules rules) {
        this.presence = presence;
        this.rules = rules;
    }

    /** Who is on a channel; at most so many as {@link Rules#listed} are listed. */
    public Presence.Members members(ChannelName channel) {
        return presence.members(channel, rules.listed());
    }

    /** How many are on a channel. */
    public Presence.Members count(ChannelName channel) {
        return presence.members(channel, 0);
    }

    void enter(ChannelName channel, ClientSession session) {
        presence.join(channel, session.id(), session.user());
    }

    /** The session reads no more; whoever followed the channel follows it no longer. */
    void leave(ChannelName channel, ClientSession session, boolean brokeOff) {
        unfollow(channel, session);
        presence.leave(channel, session.id(), brokeOff ? rules.grace() : Duration.ZERO);
    }

    /** Somebody polls. All polls of one user count as one session, as nothing tells one client from another. */
    void visit(ChannelName channel, User user, Duration wait) {
        Duration whileAsking = wait.plus(rules.grace());
        Duration lease = whileAsking.compareTo(rules.lease()) > 0 ? whileAsking : rules.lease();
        presence.visit(channel, "poll:" + user.name(), user, lease);
    }

    /** Tells a session from now on who comes to a channel and who leaves it. */
    void follow(ChannelName channel, ClientSession session) {
        audiences.compute(channel, (name, known) -> {
            Audience audience = known == null ? new Audience(name, rules.pushes()) : known;
            audience.add(session);
            if (known == null) {
                presence.watch(name, this);
            }
            return audience;
        });
    }

    private void unfollow(ChannelName channel, ClientSession session) {
        audiences.computeIfPresent(channel, (name, audience) -> {
            if (!audience.remove(session)) {
                return audience;
            }
            presence.unwatch(name);
            return null;
        });
    }

    @Override
    public void changed(Presence.Change change) {
        Audience audience = audiences.get(change.channel());
        if (audience != null && audience.note(change)) {
            changed.add(audience);
        }
    }

    /** Sends what has changed since the last call. To be called once an interval. */
    public void announce() {
        for (Audience next = changed.poll(); next != null; next = changed.poll()) {
            try {
                announce(next);
            } catch (RuntimeException e) {
                LOG.log(Level.ERROR, "telling who is on " + next.channel(), e);
            }
        }
    }

    /**
     * Everybody is told everything, which in a room where all come at once is the square of their number; beyond a limit only the
     * count is told.
     */
    private void announce(Audience audience) {
        Audience.News news = audience.take();
        if ((long) news.changes().size() * news.followers().size() > rules.pushes()) {
            var count = new Frame.Shared(List.of(new Frame.Presence(0, audience.channel(), null, news.count())));
            news.followers().forEach(follower -> follower.session().send(count));
            return;
        }
        var all = new Frame.Shared(news.changes().stream().map(Attendance::push).toList());
        for (Audience.Follower follower : news.followers()) {
            Frame.@Nullable Shared own = news.concernsAll(follower) ? all : some(news, follower);
            if (own != null) {
                follower.session().send(own);
            }
        }
    }

    private static Frame.@Nullable Shared some(Audience.News news, Audience.Follower follower) {
        List<Frame.Broadcast> parts =
                news.changesFor(follower).stream().map(Attendance::push).toList();
        return parts.isEmpty() ? null : new Frame.Shared(parts);
    }

    private static Frame.Broadcast push(Presence.Change change) {
        Member member = change.member();
        return change.present()
                ? new Frame.Joined(change.channel(), member, change.count())
                : new Frame.Left(change.channel(), member, change.count());
    }
}
