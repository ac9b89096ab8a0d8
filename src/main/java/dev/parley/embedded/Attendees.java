package dev.parley.embedded;

import dev.parley.core.Member;
import dev.parley.core.Presence.Members;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who is on one channel. Its owner provides the locking. */
final class Attendees {
    /** The lease of who is connected. */
    static final long FOREVER = Long.MAX_VALUE;

    private final Map<String, Seat> seats = new HashMap<>(); // by session
    private final Map<String, Integer> users =
            new LinkedHashMap<>(); // with the count of their sessions; the first to come first

    /**
     * @param until the session is gone, in milliseconds since 1970
     * @param due when it is looked at, whether that has come; {@link #FOREVER} if nobody is to
     */
    private record Seat(String user, long until, long due) {
        Seat until(long other) {
            return new Seat(user, other, due);
        }

        Seat due(long other) {
            return new Seat(user, until, other);
        }
    }

    /** @return the session's user as a member, if that is a new one */
    @Nullable
    Member add(String session, String user, long until) {
        Seat known = seats.get(session);
        if (known != null) {
            seats.put(session, known.until(Math.max(known.until(), until)));
            return null;
        }
        seats.put(session, new Seat(user, until, FOREVER));
        return users.merge(user, 1, Integer::sum) == 1 ? new Member(user, 1) : null;
    }

    /** Shortens or prolongs the time for which a session is here; without effect if it is not. */
    void setLease(String session, long until) {
        seats.computeIfPresent(session, (id, seat) -> seat.until(until));
    }

    /**
     * When a session's lease has to be looked at, which the caller then does: once for any number of prolongations.
     *
     * @return in milliseconds since 1970; {@link #FOREVER} if never, or if that is seen to
     */
    long nextLook(String session) {
        Seat seat = seats.get(session);
        if (seat == null || seat.until() >= seat.due()) {
            return FOREVER;
        }
        seats.put(session, seat.due(seat.until()));
        return seat.until();
    }

    /** A time has come that {@link #nextLook} told; without effect if it has told an earlier one since. */
    void looked(String session, long due) {
        seats.computeIfPresent(session, (id, seat) -> seat.due() == due ? seat.due(FOREVER) : seat);
    }

    /** @return the session's user, if its lease has run out and it was the user's last session */
    @Nullable
    Member removeExpired(String session, long now) {
        Seat seat = seats.get(session);
        if (seat == null || seat.until() > now) {
            return null;
        }
        seats.remove(session);
        Integer left = users.computeIfPresent(seat.user(), (user, count) -> count == 1 ? null : count - 1);
        return left == null ? new Member(seat.user(), 0) : null;
    }

    /** How many users. */
    int count() {
        return users.size();
    }

    boolean isEmpty() {
        return seats.isEmpty();
    }

    Members members(int limit) {
        return new Members(
                users.entrySet().stream()
                        .limit(limit)
                        .map(user -> new Member(user.getKey(), user.getValue()))
                        .toList(),
                users.size(),
                seats.size());
    }
}
