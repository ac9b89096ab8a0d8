package dev.parley.fake;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/** Does something on several threads at once. */
public final class Crowd {
    private static final long DEADLINE_SECONDS = 60;

    private Crowd() {}

    /** Starts all together, waits for all, and throws what any of them threw. */
    public static <T> List<T> together(int size, IntFunction<Callable<T>> task) throws Exception {
        var start = new CountDownLatch(1);
        List<Future<T>> running = new ArrayList<>();
        // Daemons, so that one that never ends fails its test and does not hold up the rest.
        var threads =
                Executors.newFixedThreadPool(size, Thread.ofPlatform().daemon().factory());
        try {
            for (int i = 0; i < size; i++) {
                Callable<T> mine = task.apply(i);
                running.add(threads.submit(() -> {
                    start.await();
                    return mine.call();
                }));
            }
            start.countDown();
            return results(running);
        } finally {
            threads.shutdownNow();
        }
    }

    private static <T> List<T> results(List<Future<T>> running) throws Exception {
        List<T> results = new ArrayList<>();
        for (Future<T> one : running) {
            results.add(one.get(DEADLINE_SECONDS, TimeUnit.SECONDS));
        }
        return results;
    }
}
