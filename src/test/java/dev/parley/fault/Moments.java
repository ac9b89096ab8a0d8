package dev.parley.fault;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** When something happened, each time: clients came back, messages were stored. Any thread may use it. */
final class Moments {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final List<Long> times = new ArrayList<>(); // by System.nanoTime; guarded by this

    /** It happens now. */
    void note() {
        note(Duration.ZERO);
    }

    /** It happens after so long. */
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

    /** How many there were in a second on average, from the first to the last. */
    double perSecond() {
        return count() / (span().toNanos() / 1e9);
    }

    /** The longest time in which there was none. */
    synchronized Duration longestPause() {
        List<Long> sorted = inOrder();
        long longest = 0;
        for (int i = 1; i < sorted.size(); i++) {
            longest = Math.max(longest, sorted.get(i) - sorted.get(i - 1));
        }
        return Duration.ofNanos(longest);
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
