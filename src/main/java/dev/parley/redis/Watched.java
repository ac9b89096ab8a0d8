package dev.parley.redis;

import dev.parley.core.Broker;
import dev.parley.core.ChannelName;
import dev.parley.core.LogUnavailable;
import dev.parley.core.Message;
import dev.parley.core.Position;
import dev.parley.core.Signal;
import dev.parley.core.Slice;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * A channel that this node has readers for: brings what is announced to the watcher, in order and without a hole. What comes while
 * the watcher is told waits here and wakes the readers together; what was not announced is read from the log.
 */
final class Watched implements Runnable {
    private static final int PAGE = 256;

    /**
     * What waits at most, in bytes as {@code Content.weight} counts. Then messages are left to be read from the log, and signals are
     * dropped.
     */
    private static final long MAX_WEIGHT = 1 << 20;

    private final ChannelName channel;
    private final Broker.Watcher watcher;
    private final LogReader log;
    private final Executor threads;

    private final Queue<Message> waiting = new ArrayDeque<>(); // guarded by this
    private final List<Signal> signals = new ArrayList<>(); // that wait; guarded by this
    private long weight; // of what waits; guarded by this
    private boolean behind; // the log may have more than was announced; guarded by this
    private boolean running; // guarded by this
    private boolean ended; // guarded by this
    private boolean quiet; // since the last look; guarded by this
    private boolean reported; // something, since the watcher was last told to begin anew; the running thread's
    private volatile @Nullable Position
            last; // reported; null until the watch begins; then written by the running thread

    /** @param threads gives each task a virtual thread */
    Watched(ChannelName channel, Broker.Watcher watcher, LogReader log, Executor threads) {
        this.channel = channel;
        this.watcher = watcher;
        this.log = log;
        this.threads = threads;
    }

    boolean isOf(Broker.Watcher other) {
        return watcher.equals(other);
    }

    /** The newest position that was reported, if any. */
    @Nullable
    Position last() {
        return last;
    }

    /** Reports begin after this position. */
    synchronized void begin(Position head) {
        last = head;
        start();
    }

    synchronized void end() {
        ended = true;
        waiting.clear();
        signals.clear();
    }

    /** Takes what was announced. Never blocks. */
    void announced(Announcement announcement) {
        if (announcement.isSignal()) {
            take(announcement.signal());
        } else if (announcement.isClearing()) {
            check();
        } else {
            announced(announcement.message());
        }
    }

    private synchronized void take(Signal signal) {
        if (last != null && weight <= MAX_WEIGHT) {
            signals.add(signal);
            weight += signal.content().weight();
            start();
        }
    }

    private synchronized void announced(Message message) {
        quiet = false;
        if (weight > MAX_WEIGHT) {
            waiting.clear();
            weight = 0;
            behind = true;
        } else if (!behind) {
            waiting.add(message);
            weight += message.content().weight();
        }
        start();
    }

    /** Something may have been missed: looks into the log. Never blocks. */
    synchronized void check() {
        if (last != null) {
            behind = true;
            start();
        }
    }

    /** Whether nothing was announced since the last time that this was asked: only then a hole would not show by itself. */
    synchronized boolean isQuiet() {
        boolean was = quiet || behind;
        quiet = true;
        return was;
    }

    /** Under this object's lock. */
    private void start() {
        if (!running && !ended && last != null && isAnythingToDo()) {
            running = true;
            threads.execute(this);
        }
    }

    /** Under this object's lock. */
    private boolean isAnythingToDo() {
        return behind || !waiting.isEmpty() || !signals.isEmpty();
    }

    @Override
    public void run() {
        boolean news = false;
        try {
            while (true) {
                List<Message> batch;
                List<Signal> passing;
                boolean look;
                synchronized (this) {
                    if (ended || !isAnythingToDo()) {
                        running = false;
                        return;
                    }
                    look = behind;
                    behind = false;
                    batch = List.copyOf(waiting);
                    waiting.clear();
                    passing = List.copyOf(signals);
                    signals.clear();
                    weight = 0;
                }
                news = look && catchUp();
                for (Message message : batch) {
                    news |= take(message);
                }
                if (news) {
                    watcher.wake();
                    news = false;
                }
                passing.forEach(watcher::signalled);
            }
        } catch (LogUnavailable e) {
            stop(); // the next look, once Redis is back or at the next round, goes on from here
            if (news) {
                watcher.wake();
            }
        } catch (RuntimeException | Error e) {
            stop();
            throw e;
        }
    }

    private synchronized void stop() {
        behind = true;
        running = false;
    }

    /** @return whether anything was reported */
    private boolean take(Message message) {
        Position now = reported();
        if (message.position().sameEpoch(now) && message.offset() <= now.offset()) {
            return false; // read from the log before its announcement came
        }
        if (message.position().equals(now.at(now.offset() + 1))) {
            report(message);
            return true;
        }
        return catchUp();
    }

    private boolean catchUp() {
        boolean news = false;
        Slice slice;
        do {
            Position now = reported();
            LogReader.Rest rest = log.afterSeen(channel, now, PAGE);
            slice = rest.slice();
            if (slice.missedAfter(now) || rest.first() && reported) { // cleared, or all of it is too old
                watcher.restarted(slice.start());
                last = slice.start();
                reported = false;
                news = true;
            }
            slice.messages().forEach(this::report);
            news |= !slice.messages().isEmpty();
        } while (slice.more());
        return news;
    }

    private void report(Message message) {
        watcher.appended(message);
        last = message.position();
        reported = true;
    }

    private Position reported() {
        Position now = last;
        if (now == null) {
            throw new IllegalStateException("not begun");
        }
        return now;
    }
}
