package dev.parley.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A reader that keeps account: each offset from where it started up to where it stands it either got, in order, or was told that
 * it is missing. Fails at the first one that is doubled, out of order or missing without a word. May leave and come back with
 * its position.
 */
final class AccountingReader implements Reader {
    private final Hub hub;
    private final ChannelName channel;
    private final Semaphore wakes = new Semaphore(0);
    private final List<Message> got = new ArrayList<>();
    private @Nullable Subscription subscription;
    private @Nullable Position cursor; // by its own account; null before it joined for the first time
    private long missed;

    AccountingReader(Hub hub, ChannelName channel) {
        this.hub = hub;
        this.channel = channel;
    }

    @Override
    public void wake() {
        wakes.release();
    }

    Hub.Joined join(Start start) {
        Hub.Joined joined = hub.subscribe(channel, start, this);
        subscription = joined.subscription();
        cursor = subscription.cursor();
        wakes.release(); // may be behind from the start
        return joined;
    }

    void leave() {
        subscription().leave();
        subscription = null;
    }

    /** Comes back to where it stood. */
    void rejoin() {
        Position stood = cursor();
        Hub.Joined joined = join(new Start.At(stood));
        Position stands = cursor();
        assertEquals(joined.recovered(), stands.equals(stood), "recovered, from " + stood + " at " + stands);
        account(stood, stands);
    }

    /** @return whether it was told that it missed something */
    boolean read(int limit) {
        Position stood = cursor();
        assertEquals(stood, subscription().cursor());
        wakes.drainPermits();
        Slice slice = subscription().next(limit);
        assertTrue(slice.messages().size() <= limit);
        account(stood, slice.start());
        Position last = slice.start();
        for (Message message : slice.messages()) {
            assertEquals(last.at(last.offset() + 1), message.position());
            last = message.position();
            got.add(message);
        }
        assertEquals(last, slice.end());
        assertEquals(last, subscription().cursor());
        assertEquals(last.offset() < slice.head().offset(), slice.more());
        cursor = last;
        return slice.missedAfter(stood);
    }

    private void account(Position stood, Position stands) {
        if (stands.sameEpoch(stood)) {
            assertTrue(stands.offset() >= stood.offset(), "from " + stood + " back to " + stands);
            missed += stands.offset() - stood.offset();
        }
    }

    /** Waits for a wake since the last read. */
    boolean awaitWake(long seconds) throws InterruptedException {
        return wakes.tryAcquire(seconds, TimeUnit.SECONDS);
    }

    boolean isWoken() {
        return wakes.availablePermits() > 0;
    }

    boolean isBehind() {
        return subscription().isBehind();
    }

    boolean isJoined() {
        return subscription != null;
    }

    Position cursor() {
        return assertNotNullAnd(cursor);
    }

    List<Message> got() {
        return got;
    }

    /** How many messages it was told that it missed, in the lives that it has read. */
    long missed() {
        return missed;
    }

    private Subscription subscription() {
        return assertNotNullAnd(subscription);
    }

    private static <T> T assertNotNullAnd(@Nullable T value) {
        assertNotNull(value);
        return value;
    }
}
