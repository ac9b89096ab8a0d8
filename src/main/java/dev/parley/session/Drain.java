package dev.parley.session;

import dev.parley.protocol.CloseCode;
import dev.parley.protocol.Frame;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sends everybody away because the node is to go. Nobody new is let in from the first moment on; those who are inside leave one after
 * the other, evenly over the given time, and come back elsewhere with their positions. There is no way back: a node that has been
 * drained is to be stopped. Any thread may use it.
 */
public final class Drain {
    private static final Logger LOG = System.getLogger(Drain.class.getName());
    private static final Duration STEP = Duration.ofMillis(20);

    /** A client is to come back within so many milliseconds: at once, but not all of one step at one moment. */
    private static final int COME_BACK = 1000;

    /** So long may the last ones take to read that they are sent away. */
    private static final Duration GOODBYE = Duration.ofSeconds(5);

    private final Sessions sessions;
    private final Runnable atOnce;
    private @Nullable Pace pace; // guarded by this, as is running
    private boolean running;

    /** @param atOnce answers those who wait for an answer; run when the drain begins */
    public Drain(Sessions sessions, Runnable atOnce) {
        this.sessions = sessions;
        this.atOnce = atOnce;
    }

    /** Begins, or goes on at another pace if it has begun. Returns at once. */
    public void begin(Duration over) {
        sessions.admission().drain();
        atOnce.run();
        synchronized (this) {
            pace = new Pace(System.nanoTime(), over.toNanos());
            if (!running && !sessions.all().isEmpty()) {
                running = true;
                LOG.log(
                        Level.INFO,
                        "draining {0} sessions over {1} s",
                        sessions.all().size(),
                        seconds(over.toNanos()));
                sessions.threads().execute(this::run);
            }
        }
    }

    /** Drains and waits until everybody is gone, or does not go. At most a few seconds longer than {@code over}. */
    public void finish(Duration over) throws InterruptedException {
        begin(over);
        long end = System.nanoTime() + over.plus(GOODBYE).toNanos();
        synchronized (this) {
            while (running && end - System.nanoTime() > 0) {
                TimeUnit.NANOSECONDS.timedWait(this, end - System.nanoTime());
            }
        }
    }

    private void run() {
        long start = System.nanoTime();
        Map<ClientSession.Kind, Integer> told = new EnumMap<>(ClientSession.Kind.class);
        int total = sessions.all().size();
        try {
            while (step(told)) {
                Thread.sleep(STEP);
            }
            sessions.awaitNone(GOODBYE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            report(total, told, System.nanoTime() - start);
            synchronized (this) {
                running = false;
                notifyAll();
            }
        }
    }

    /** @return whether there are more */
    private boolean step(Map<ClientSession.Kind, Integer> told) {
        List<ClientSession> left =
                sessions.all().stream().filter(ClientSession::isOpen).toList();
        int due;
        synchronized (this) {
            due = pace == null ? 0 : pace.due(left.size(), System.nanoTime());
        }
        for (ClientSession session : left.subList(0, due)) {
            session.send(new Frame.Closing(
                    CloseCode.RESTART, ThreadLocalRandom.current().nextInt(COME_BACK) + 1L));
            session.end(CloseCode.RESTART);
            told.merge(session.kind(), 1, Integer::sum);
        }
        return due < left.size();
    }

    private void report(int total, Map<ClientSession.Kind, Integer> told, long nanos) {
        int all = told.values().stream().mapToInt(Integer::intValue).sum();
        LOG.log(
                Level.INFO,
                "drained {0} sessions in {1} s: {2} told to come back elsewhere {3}, {4} left by themselves,"
                        + " {5} did not take it in time",
                total,
                seconds(nanos),
                all,
                told,
                Math.max(0, total - all),
                sessions.all().size());
    }

    private static String seconds(long nanos) {
        return String.format(Locale.ROOT, "%.1f", nanos / 1e9);
    }
}
