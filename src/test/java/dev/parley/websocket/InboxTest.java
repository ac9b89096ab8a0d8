package dev.parley.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
    private final BlockingQueue<Object> done = new LinkedBlockingQueue<>();
    private final Inbox inbox = new Inbox(done::add);
    private final CountDownLatch log = new CountDownLatch(1);

    private void awaitLog() {
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
        inbox.put(this::awaitLog);
        inbox.put(() -> done.add(1));
        inbox.put(() -> done.add(Thread.currentThread().isVirtual()));
        inbox.putLast(() -> done.add(3));
        assertTrue(done.isEmpty());
        log.countDown();

        assertEquals(List.of(1, true, 3), done(3));
    }

    @Test
    void whoSendsTooMuchWaitsForRoom() throws Exception {
        inbox.put(this::awaitLog);
        Thread engine = Thread.ofPlatform().start(() -> {
            for (int i = 0; i <= Inbox.ROOM; i++) {
                inbox.put(() -> {});
            }
            done.add("all taken");
        });
        while (engine.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        assertTrue(done.isEmpty());
        inbox.putLast(() -> done.add("last")); // the end of a connection waits for nothing
        log.countDown();

        assertEquals(2, done(2).size());
        engine.join();
    }

    @Test
    void whatFailsIsToldAndTheRestIsDone() throws Exception {
        var failure = new IllegalStateException("broken");
        inbox.put(() -> {
            throw failure;
        });
        inbox.put(() -> done.add("next"));

        assertEquals(List.of(failure, "next"), done(2));
    }

    @Test
    void soItIsAfterAnError() throws Exception {
        var error = new StackOverflowError("broken");
        inbox.put(() -> {
            throw error;
        });
        inbox.putLast(() -> done.add("last"));

        assertEquals(List.of(error, "last"), done(2));
    }

    @Test
    void virtualThreadOfTheEngineDoesItItself() throws Exception {
        Thread.startVirtualThread(() -> {
                    var direct = new Inbox(done::add);
                    direct.put(() -> done.add(Thread.currentThread()));
                    done.add(Thread.currentThread());
                })
                .join();

        List<Object> threads = done(2);
        assertSame(threads.getLast(), threads.getFirst());
    }
}
