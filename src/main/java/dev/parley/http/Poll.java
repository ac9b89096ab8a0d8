package dev.parley.http;

import dev.parley.core.ChannelName;
import dev.parley.core.Hub;
import dev.parley.core.Message;
import dev.parley.core.Position;
import dev.parley.core.Slice;
import dev.parley.core.Start;
import dev.parley.core.Subscription;
import dev.parley.core.User;
import dev.parley.protocol.Cursor;
import dev.parley.protocol.JsonCodec;
import dev.parley.protocol.Range;
import dev.parley.session.Gate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** One request of a reader that comes again and again: subscribes, takes what there is or waits for it, and leaves. */
final class Poll {
    /** An answer takes no more once its messages weigh so much, in bytes as {@code Content.weight} counts. */
    private static final long ENOUGH = 1 << 20;

    private final Gate gate;
    private final User user;
    private final List<ChannelName> channels;
    private final Semaphore news = new Semaphore(0);
    private final List<Subscription> subscriptions = new ArrayList<>();
    private final List<Message> messages = new ArrayList<>();
    private boolean recovered = true;
    private volatile boolean hurried;

    Poll(Gate gate, User user, List<ChannelName> channels) {
        this.gate = gate;
        this.user = user;
        this.channels = channels;
    }

    /** Lets it answer at once, with what it has. Any thread. */
    void hurry() {
        hurried = true;
        news.release();
    }

    /**
     * An answer for whoever named no position: where to begin, and nothing else, also if a message comes meanwhile. It would be one
     * before the first position that the client knows.
     */
    String cursor() {
        try {
            subscribe(Collections.nCopies(channels.size(), Start.LATEST), Duration.ZERO);
            return page();
        } finally {
            subscriptions.forEach(Subscription::leave);
        }
    }

    /** Blocks until there is an answer: at the first message, after {@code atMost}, or when hurried. */
    String answer(List<Start> starts, Duration atMost) {
        long deadline = System.nanoTime() + atMost.toNanos();
        try {
            subscribe(starts, atMost);
            take();
            while (messages.isEmpty() && recovered && !hurried && await(deadline)) {
                take();
            }
            return page();
        } finally {
            subscriptions.forEach(Subscription::leave);
        }
    }

    private String page() {
        List<Position> positions =
                subscriptions.stream().map(Subscription::cursor).toList();
        return JsonCodec.page(messages, new Cursor(channels, positions).toString(), recovered);
    }

    private void subscribe(List<Start> starts, Duration atMost) {
        for (int i = 0; i < channels.size(); i++) {
            Hub.Joined joined = gate.subscribe(user, channels.get(i), starts.get(i), news::release, atMost);
            subscriptions.add(joined.subscription());
            recovered &= joined.recovered();
        }
    }

    private boolean await(long deadline) {
        try {
            boolean woken = news.tryAcquire(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            news.drainPermits();
            return woken;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void take() {
        long weight = 0;
        for (Subscription subscription : subscriptions) {
            while (messages.size() < Range.MAX_LIMIT && weight < ENOUGH && subscription.isBehind()) {
                Position asked = subscription.cursor();
                boolean promised = subscription.isPromised();
                Slice slice = subscription.next(Range.MAX_LIMIT - messages.size());
                recovered &= !promised || !slice.missedAfter(asked);
                messages.addAll(slice.messages());
                weight += slice.messages().stream()
                        .mapToLong(message -> message.content().weight())
                        .sum();
            }
        }
    }
}
