package dev.parley.embedded;

import dev.parley.core.ChannelName;
import dev.parley.core.Member;
import dev.parley.core.Presence;
import dev.parley.core.User;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * Who is on the channels of a node that stands alone, in memory. As a session's end is always noticed here, a lease is needed only
 * for visitors and for those who linger.
 */
public final class EmbeddedPresence implements Presence {
    private final InstantSource clock;
    /** A channel is changed while its place in this map is locked, and is in it while somebody is there. */
    private final ConcurrentMap<ChannelName, Attendees> channels = new ConcurrentHashMap<>();

    private final ConcurrentMap<ChannelName, Watcher> watchers = new ConcurrentHashMap<>();
    private final PriorityQueue<Expiry> expiries =
            new PriorityQueue<>(Comparator.comparingLong(Expiry::time)); // guarded by itself

    /**
     * A session is to be looked at, as its lease may have run out.
     *
     * @param time in milliseconds since 1970
     */
    private record Expiry(long time, ChannelName channel, String session) {}

    public EmbeddedPresence(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public void join(ChannelName channel, String session, User user) {
        come(channel, session, user, Attendees.FOREVER);
    }

    @Override
    public void visit(ChannelName channel, String session, User user, Duration lease) {
        come(channel, session, user, clock.millis() + lease.toMillis());
    }

    @Override
    public void leave(ChannelName channel, String session, Duration linger) {
        long until = clock.millis() + linger.toMillis();
        channels.computeIfPresent(channel, (name, there) -> {
            there.setLease(session, until);
            return withoutExpired(name, there, session, clock.millis());
        });
    }

    @Override
    public Members members(ChannelName channel, int limit) {
        var found = new Members[] {Members.NOBODY};
        channels.computeIfPresent(channel, (name, there) -> {
            found[0] = there.members(limit);
            return there;
        });
        return found[0];
    }

    @Override
    public void watch(ChannelName channel, Watcher watcher) {
        watchers.put(channel, watcher);
    }

    @Override
    public void unwatch(ChannelName channel) {
        watchers.remove(channel);
    }

    /** Lets those go whose lease has run out. To be called several times a second; looks at nobody else. */
    public void sweep() {
        long now = clock.millis();
        for (Expiry due = pollDue(now); due != null; due = pollDue(now)) {
            Expiry expiry = due;
            channels.computeIfPresent(due.channel(), (name, there) -> {
                there.looked(expiry.session(), expiry.time());
                return withoutExpired(name, there, expiry.session(), now);
            });
        }
    }

    @Override
    public void close() {
        channels.clear();
        watchers.clear();
    }

    /** How many channels somebody is on. */
    int channels() {
        return channels.size();
    }

    /** How many leases are to be looked at some time. */
    int expiries() {
        synchronized (expiries) {
            return expiries.size();
        }
    }

    private void come(ChannelName channel, String session, User user, long until) {
        channels.compute(channel, (name, known) -> {
            Attendees there = known == null ? new Attendees() : known;
            Member newcomer = there.add(session, user.name(), until);
            if (newcomer != null) {
                report(new Change(name, newcomer, true, there.count()));
            }
            awaitExpiry(name, there, session);
            return there;
        });
    }

    /** @return null if nobody is left */
    private @Nullable Attendees withoutExpired(ChannelName channel, Attendees there, String session, long now) {
        Member gone = there.removeExpired(session, now);
        if (gone != null) {
            report(new Change(channel, gone, false, there.count()));
        }
        awaitExpiry(channel, there, session);
        return there.isEmpty() ? null : there;
    }

    private void report(Change change) {
        Watcher watcher = watchers.get(change.channel());
        if (watcher != null) {
            watcher.changed(change);
        }
    }

    private void awaitExpiry(ChannelName channel, Attendees there, String session) {
        long time = there.nextLook(session);
        if (time != Attendees.FOREVER) {
            synchronized (expiries) {
                expiries.add(new Expiry(time, channel, session));
            }
        }
    }

    private @Nullable Expiry pollDue(long now) {
        synchronized (expiries) {
            Expiry next = expiries.peek();
            return next != null && next.time() <= now ? expiries.poll() : null;
        }
    }
}
