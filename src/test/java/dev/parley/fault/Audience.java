package dev.parley.fault;

import static dev.parley.fault.Publisher.MARK;

import java.time.Duration;
import java.util.Arrays;

/**
 * Readers who must each hear every message of a {@link Publisher} once and in order, from a number on; whoever does not fails its
 * swarm. Counts what they hear, and notes how long it took on its way.
 */
final class Audience {
    private static final long LOOK_MILLIS = 100;

    private final Swarm swarm;
    private long heard; // this and the next two guarded by this
    private long[] nanos = new long[1024];
    private int noted;

    Audience(Swarm swarm) {
        this.swarm = swarm;
    }

    /**
     * A reader.
     *
     * @param next the number that it must hear first
     */
    Inbox listener(long next) {
        return new Listener(next);
    }

    /** Waits until all together have heard so many. */
    synchronized void awaitHeard(long count, Duration atMost) {
        long start = System.nanoTime();
        while (heard < count) {
            swarm.isSound();
            if (System.nanoTime() - start > atMost.toNanos()) {
                throw new AssertionError("heard " + heard + " of " + count + " within " + atMost);
            }
            try {
                wait(LOOK_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted", e);
            }
        }
        if (heard > count) {
            throw new AssertionError("heard " + heard + ", more than " + count);
        }
    }

    /** How many all together have heard. */
    synchronized long heard() {
        return heard;
    }

    /** What a part of the messages took at most from being sent to being read. */
    synchronized Duration latency(double part) {
        long[] sorted = Arrays.copyOf(nanos, noted);
        Arrays.sort(sorted);
        return Duration.ofNanos(sorted[(int) Math.ceil(part * noted) - 1]);
    }

    /** What was heard up to now counts in no later {@link #latency}. */
    synchronized void forgetLatencies() {
        noted = 0;
    }

    private synchronized void note(long latency) {
        heard++;
        if (noted == nanos.length) {
            nanos = Arrays.copyOf(nanos, noted * 2);
        }
        nanos[noted++] = latency;
        notifyAll(); // costs nothing while nobody waits
    }

    private final class Listener implements Inbox {
        private long next;
        private int at; // while a line is read

        Listener(long next) {
            this.next = next;
        }

        @Override
        public void line(byte[] bytes, int from, int to) {
            for (at = from; at < to; at++) {
                if (bytes[at] == MARK) {
                    at++;
                    hear(number(bytes), number(bytes));
                }
            }
        }

        private void hear(long number, long sent) {
            if (number != next) {
                throw new AssertionError("heard " + number + " where " + next + " comes");
            }
            next++;
            note(System.nanoTime() - sent);
        }

        private long number(byte[] bytes) {
            long number = 0;
            while (bytes[at] != ' ') {
                number = number * 10 + bytes[at++] - '0';
            }
            at++;
            return number;
        }

        @Override
        public String toString() {
            return "number " + next;
        }
    }
}
