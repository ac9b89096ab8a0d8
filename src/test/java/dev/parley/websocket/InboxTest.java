package dev.parley.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an engine with platform threads hands over, as that of JUnit does here. */
@Timeout(20)
class InboxTest {
    private static final int ROOM = 1000;

    private final BlockingQueue<Object> done = new LinkedBlockingQueue<>();
    private final Inbox inbox = new Inbox(ROOM, done::add);
    private final CountDownLatch log = new CountDownLatch(1);

    private void awaitLog() {
        done.add("waiting");
        try {
            log.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<Object> done(int count) throws InterruptedException {
        var all = new ArrayList<>();
        while (all.size() < count) {
            all.add(done.take());
        }
        return all;
    }

    @Test
    void workThatWaitsHoldsNoThreadOfTheEngineAndIsDoneInOrder() throws Exception {
        inbox.put(0, this::awaitLog);
        inbox.put(0, () -> done.add(1));
        inbox.put(0, () -> done.add(Thread.currentThread().isVirtual()));
        inbox.putLast(() -> done.add(3));
        assertEquals(List.of("waiting"), done(1));
        assertTrue(done.isEmpty());
        log.countDown();

        assertEquals(List.of(1, true, 3), done(3));
    }

    @Test
    void whatComesBeyondTheLimitIsRefused() throws Exception {
        inbox.put(0, this::awaitLog);
        assertEquals(List.of("waiting"), done(1)); // and does not count any more
        int half = ROOM / 2 - Turn.OVERHEAD;

        assertTrue(inbox.put(half, () -> done.add(1)));
        assertFalse(inbox.put(half + 1, () -> done.add("too much")));
        assertTrue(inbox.put(half, () -> done.add(2)));
        assertFalse(inbox.put(0, () -> done.add("too many")));
        inbox.putLast(() -> done.add("last")); // there is always room for the end of a connection
        log.countDown();

        assertEquals(List.of(1, 2, "last"), done(3));
        assertTrue(inbox.put(half, () -> done.add("again")));
        assertEquals(List.of("again"), done(1));
    }

    @Test
    void oneMayWaitWhateverItsSize() throws Exception {
        inbox.put(0, this::awaitLog);
        assertEquals(List.of("waiting"), done(1));

        assertTrue(inbox.put(2 * ROOM, () -> done.add("large")));
        assertFalse(inbox.put(0, () -> done.add("too many")));
        log.countDown();

        assertEquals(List.of("large"), done(1));
    }

    @Test
    void whatFailsIsToldAndTheRestIsDone() throws Exception {
        var failure = new IllegalStateException("broken");
        inbox.put(0, () -> {
            throw failure;
        });
        inbox.put(0, () -> done.add("next"));

        assertEquals(List.of(failure, "next"), done(2));
    }

    @Test
    void soItIsAfterAnError() throws Exception {
        var error = new StackOverflowError("broken");
        inbox.put(0, () -> {
            throw error;
        });
        inbox.putLast(() -> done.add("last"));

        assertEquals(List.of(error, "last"), done(2));
    }

    @Test
    void virtualThreadOfTheEngineDoesItItself() throws Exception {
        Thread.startVirtualThread(() -> {
                    var direct = new Inbox(ROOM, done::add);
                    direct.put(0, () -> done.add(Thread.currentThread()));
                    done.add(Thread.currentThread());
                })
                .join();

        List<Object> threads = done(2);
        assertSame(threads.getLast(), threads.getFirst());
    }
}
