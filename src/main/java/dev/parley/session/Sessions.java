package dev.parley.session;

import dev.parley.core.Metrics;
import dev.parley.core.User;
import dev.parley.protocol.Refused;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/**
 * All sessions of this node: takes them in up to a limit, and looks after their deadlines. Time is counted in ticks of
 * {@value #TICK_MILLIS} ms, which is as exact as deadlines of seconds need and costs a writer nothing.
 */
public final class Sessions {
    /** How often {@link #tick} is to be called. */
    public static final int TICK_MILLIS = 500;

    private static final Logger LOG = System.getLogger(Sessions.class.getName());
    private static final long STALL_TICKS = 2;

    private final Set<ClientSession> open = ConcurrentHashMap.newKeySet();
    private final Admission admission;
    private final Map<ClientSession.Kind, Metrics.Traffic> traffic = new EnumMap<>(ClientSession.Kind.class);
    private final QuietLog endings = new QuietLog(System.getLogger(ClientSession.class.getName()), System::nanoTime);
    private final SecureRandom random = new SecureRandom();
    private final Executor threads;
    private final Attendance attendance;
    private final Crew crew;
    private final Pulse.Deadlines deadlines;
    private volatile long now = 1; // 0 stands for never

    /**
     * @param threads gives each task a virtual thread
     * @param crew takes the writers' turns
     * @param limit how many connections may be open at one time
     * @param heartbeat between two signs of life; they are sent up to a second early, so that it is kept
     */
    public Sessions(
            Executor threads,
            Crew crew,
            Attendance attendance,
            int limit,
            Duration heartbeat,
            Duration pong,
            Duration write,
            Metrics metrics) {
        this.threads = threads;
        this.crew = crew;
        this.attendance = attendance;
        this.admission = new Admission(limit, metrics);
        for (ClientSession.Kind kind : ClientSession.Kind.values()) {
            traffic.put(kind, metrics.traffic(kind.name().toLowerCase(Locale.ROOT)));
        }
        this.deadlines = new Pulse.Deadlines(Math.max(1, ticks(heartbeat) - 2), ticks(pong), ticks(write), STALL_TICKS);
    }

    /** Without metrics. */
    public Sessions(
            Executor threads,
            Crew crew,
            Attendance attendance,
            int limit,
            Duration heartbeat,
            Duration pong,
            Duration write) {
        this(threads, crew, attendance, limit, heartbeat, pong, write, Metrics.NONE);
    }

    /** A new session, or nothing if nobody is taken in now; {@link #admission} says why. */
    public Optional<ClientSession> open(User user, ClientSession.Kind kind, Transport transport) {
        if (!enter()) {
            return Optional.empty();
        }
        ClientSession session = new ClientSession(newId(), user, kind, transport, this);
        open.add(session);
        session.traffic().opened();
        return Optional.of(session);
    }

    /** Takes a place for a connection that is no session. Whoever gets true gives it back with {@link #leave}. */
    public boolean enter() {
        return admission.enter();
    }

    public void leave() {
        admission.leave();
    }

    public Admission admission() {
        return admission;
    }

    /** Logs a connection that was refused for what it asked. Whoever is not taken in is logged by {@link #admission}. */
    public void refused(Refused why) {
        if (why.retryAfter() == 0) {
            endings.log(
                    Level.INFO,
                    "refused " + why.status(),
                    "a connection was refused with " + why.status() + ": " + why.detail());
        }
    }

    public long count(ClientSession.Kind kind) {
        return open.stream().filter(session -> session.kind() == kind).count();
    }

    /** Of all kinds. */
    public int count() {
        return open.size();
    }

    /** Moves time on and looks at every session. */
    public void tick() {
        long tick = now + 1;
        now = tick; // one caller
        for (ClientSession session : open) {
            try {
                session.beat(tick, deadlines);
            } catch (RuntimeException e) {
                LOG.log(Level.ERROR, "looking after session " + session.id(), e);
            }
        }
    }

    /** Those that have not ended, or whose clients are just being told. A view. */
    Set<ClientSession> all() {
        return Collections.unmodifiableSet(open);
    }

    /** Waits until all sessions are gone, but no longer than {@code atMost}. */
    void awaitNone(Duration atMost) throws InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        synchronized (open) {
            long left = atMost.toMillis();
            while (!open.isEmpty() && left > 0) {
                open.wait(left);
                left = (deadline - System.nanoTime()) / 1_000_000;
            }
        }
    }

    /** How many messages the reader that is furthest behind still has before it. Looks at every session. */
    public long furthestBehind() {
        long most = 0;
        for (ClientSession session : open) {
            most = Math.max(most, session.behind());
        }
        return most;
    }

    /** How long a writer waits for its turn now, in nanoseconds: grows when there is more to write than the cores can do. */
    public long writerLag() {
        return crew.lag();
    }

    /** Looks how long a writer waits. To be called about as often as {@link #tick}. */
    public void probe() {
        crew.probe();
    }

    /** Why sessions end, or do not begin. */
    QuietLog endings() {
        return endings;
    }

    Metrics.Traffic traffic(ClientSession.Kind kind) {
        return traffic.getOrDefault(kind, Metrics.Traffic.NONE);
    }

    long now() {
        return now;
    }

    Attendance attendance() {
        return attendance;
    }

    Crew crew() {
        return crew;
    }

    Executor threads() {
        return threads;
    }

    /** A session has ended, and has given its place back. */
    void remove(ClientSession session) {
        if (open.remove(session) && open.isEmpty()) {
            synchronized (open) {
                open.notifyAll();
            }
        }
    }

    private String newId() {
        byte[] bytes = new byte[9];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static long ticks(Duration time) {
        return Math.max(1, time.toMillis() / TICK_MILLIS);
    }
}
