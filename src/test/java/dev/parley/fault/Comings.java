package dev.parley.fault;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** When clients came back, each time that they had been connected: their first attempts. Any thread may use it. */
final class Comings {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final List<Long> times = new ArrayList<>(); // by System.nanoTime; guarded by this

    /** Somebody comes back after so long. */
    synchronized void note(Duration after) {
        times.add(System.nanoTime() + after.toNanos());
    }

    /** Begins anew. */
    synchronized void forget() {
        times.clear();
    }

    synchronized int count() {
        return times.size();
    }

    /** How many there were in the busiest second, wherever it begins. */
    synchronized int busiestSecond() {
        Deque<Long> second = new ArrayDeque<>();
        int most = 0;
        for (long time : inOrder()) {
            second.addLast(time);
            while (time - second.getFirst() > SECOND) {
                second.removeFirst();
            }
            most = Math.max(most, second.size());
        }
        return most;
    }

    /** From the first to the last. */
    synchronized Duration span() {
        List<Long> sorted = inOrder();
        return sorted.isEmpty() ? Duration.ZERO : Duration.ofNanos(sorted.getLast() - sorted.getFirst());
    }

    private List<Long> inOrder() {
        return times.stream().sorted().toList();
    }
}
