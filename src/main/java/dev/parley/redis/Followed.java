package dev.parley.redis;

import dev.parley.core.ChannelName;
import dev.parley.core.LogUnavailable;
import dev.parley.core.Member;
import dev.parley.core.Presence;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A channel whose comers and goers somebody on this node wants to know. Changes are numbered; where one is missing, the whole list
 * is read and compared.
 */
final class Followed implements Runnable {
    static final int ALL = 1_000_000;
    private static final int WAITING = 10_000;

    private final ChannelName channel;
    private final Presence.Watcher watcher;
    private final IntFunction<Roll.State> list;
    private final Executor threads;

    private final Queue<News> waiting = new ArrayDeque<>(); // guarded by this
    private boolean behind = true; // the list is to be read; guarded by this
    private boolean running; // guarded by this
    private boolean ended; // guarded by this
    private @Nullable Supplier<Roll.State> first; // until it has been taken in; the running thread's
    private final Set<String> present = new HashSet<>(); // as reported; the running thread's
    private volatile long changes = -1; // taken in so far; written by the running thread

    /** A change that was announced. */
    record News(long number, boolean present, String user) {
        /** Reads {@code +17 alice}. */
        static News parse(String text) {
            int space = text.indexOf(' ');
            return new News(Long.parseLong(text.substring(1, space)), text.charAt(0) == '+', text.substring(space + 1));
        }
    }

    /**
     * @param first who was there at the beginning, which is no news
     * @param list asks who is there, at most so many of them; both may block, and throw {@code LogUnavailable}
     */
    Followed(
            ChannelName channel,
            Presence.Watcher watcher,
            Supplier<Roll.State> first,
            IntFunction<Roll.State> list,
            Executor threads) {
        this.first = first;
        this.channel = channel;
        this.watcher = watcher;
        this.list = list;
        this.threads = threads;
    }

    /** Up to which change all has been reported; -1 before the first look. */
    long changes() {
        return changes;
    }

    synchronized void announced(News news) {
        if (waiting.size() < WAITING) {
            waiting.add(news);
        } else {
            behind = true;
        }
        start();
    }

    /** Something may have been missed. */
    synchronized void check() {
        behind = true;
        start();
    }

    synchronized void end() {
        ended = true;
        waiting.clear();
    }

    private void start() {
        if (!running && !ended) {
            running = true;
            threads.execute(this);
        }
    }

    @Override
    public void run() {
        try {
            while (true) {
                List<News> batch;
                boolean look;
                synchronized (this) {
                    if (ended || waiting.isEmpty() && !behind) {
                        running = false;
                        return;
                    }
                    look = behind;
                    behind = false;
                    batch = List.copyOf(waiting);
                    waiting.clear();
                }
                if (look) {
                    compare();
                }
                batch.forEach(this::take);
            }
        } catch (LogUnavailable e) {
            stop(); // the next check goes on
        } catch (RuntimeException | Error e) {
            stop();
            throw e;
        }
    }

    private synchronized void stop() {
        behind = true;
        running = false;
    }

    private void take(News news) {
        if (news.number() == changes + 1) {
            report(news.user(), news.present());
            changes = news.number();
        } else if (news.number() > changes) {
            compare();
        } else {
            synchronized (this) {
                behind |= waiting.isEmpty(); // known from the list, or counting has begun anew
            }
        }
    }

    private void compare() {
        if (isNew() && list.apply(0).changes() == changes) {
            return; // nobody came or went before the watching began
        }
        Roll.State now = list.apply(ALL);
        Set<String> there = users(now);
        List.copyOf(present).stream().filter(user -> !there.contains(user)).forEach(user -> report(user, false));
        there.forEach(user -> report(user, true));
        changes = now.changes();
    }

    /** Takes in the beginning, if that was still to be done. */
    private boolean isNew() {
        Supplier<Roll.State> untaken = first;
        if (untaken == null) {
            return false;
        }
        Roll.State beginning = untaken.get();
        first = null;
        present.addAll(users(beginning));
        changes = beginning.changes();
        return true;
    }

    /** By name: in which order they came is not known. */
    private static Set<String> users(Roll.State state) {
        Set<String> users = new TreeSet<>();
        state.members().members().forEach(member -> users.add(member.user()));
        return users;
    }

    private void report(String user, boolean isPresent) {
        if (isPresent ? present.add(user) : present.remove(user)) {
            var member = new Member(user, isPresent ? 1 : 0);
            watcher.changed(new Presence.Change(channel, member, isPresent, present.size()));
        }
    }
}
