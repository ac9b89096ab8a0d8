package dev.parley.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.fake.Crowd;
import dev.parley.fake.HandDriven;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CrewTest {
    private static final int MANY = 1000;
    private static final long DEADLINE_SECONDS = 30;

    private final HandDriven threads = new HandDriven();
    private final Crew crew = new Crew(threads);
    private final List<Integer> ran = new ArrayList<>();

    @Test
    void turnsRunInTheirOrder() {
        submit(1, MANY);
        threads.run();

        assertEquals(numbers(1, MANY), ran);
    }

    @Test
    void thousandTurnsStartFewThreads() {
        submit(1, MANY);
        assertEquals(1, threads.waiting());
        threads.run();

        assertTrue(threads.started() <= MANY / 50, () -> threads.started() + " threads");
    }

    @Test
    void oneTurnStartsOneThread() {
        submit(1, 1);
        threads.run();

        assertEquals(1, threads.started());
    }

    @Test
    void turnThatComesWhileThreadsRestStartsAnother() {
        submit(1, 1);
        threads.run();
        submit(2, 2);
        threads.run();

        assertEquals(numbers(1, 2), ran);
        assertEquals(2, threads.started());
    }

    @Test
    void submittingRunsNothing() {
        submit(1, 10);

        assertEquals(List.of(), ran);
    }

    @Test
    void turnThatBlocksHoldsUpNoneThatWaits() {
        crew.submit(() -> {
            threads.run(); // what the others do while this one stands still
            ran.add(0);
        });
        submit(1, 10);
        threads.run();

        assertEquals(numbers(1, 10), ran.subList(0, 10));
        assertEquals(0, ran.getLast());
    }

    @Test
    void turnThatBlocksHoldsUpNoneThatComesLater() {
        crew.submit(() -> {
            submit(1, 10);
            threads.run();
            ran.add(0);
        });
        threads.run();

        assertEquals(numbers(1, 10), ran.subList(0, 10));
        assertEquals(0, ran.getLast());
    }

    @Test
    void manyTurnsThatBlockAllGetTheirThread() throws Exception {
        var many = new Crew(Thread::startVirtualThread);
        var allBlocked = new CountDownLatch(MANY);
        var release = new CountDownLatch(1);
        var finished = new CountDownLatch(MANY);
        for (int i = 0; i < MANY; i++) {
            many.submit(() -> {
                allBlocked.countDown();
                await(release);
                finished.countDown();
            });
        }
        assertTrue(allBlocked.await(DEADLINE_SECONDS, TimeUnit.SECONDS));
        release.countDown();
        assertTrue(finished.await(DEADLINE_SECONDS, TimeUnit.SECONDS));
    }

    @Test
    void everyTurnRunsOnceWhoeverSubmitsIt() throws Exception {
        var started = new AtomicInteger();
        var finished = new CountDownLatch(4 * MANY);
        var counts =
                IntStream.range(0, 4 * MANY).mapToObj(i -> new AtomicInteger()).toList();
        var busy = new Crew(task -> {
            started.incrementAndGet();
            Thread.startVirtualThread(task);
        });
        Crowd.<Object>together(4, publisher -> () -> {
            for (AtomicInteger count : counts.subList(publisher * MANY, (publisher + 1) * MANY)) {
                busy.submit(() -> {
                    count.incrementAndGet();
                    finished.countDown();
                });
            }
            return publisher;
        });

        assertTrue(finished.await(DEADLINE_SECONDS, TimeUnit.SECONDS));
        assertTrue(counts.stream().allMatch(count -> count.get() == 1));
        assertTrue(started.get() <= 4 * MANY + 1, () -> started + " threads");
    }

    private void submit(int first, int last) {
        for (int number : numbers(first, last)) {
            crew.submit(() -> ran.add(number));
        }
    }

    private static List<Integer> numbers(int first, int last) {
        return IntStream.rangeClosed(first, last).boxed().toList();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
