package dev.parley.fault.scale;

import java.util.Arrays;
import java.util.stream.Collectors;

/** How long deliveries took, in classes that are 9 % wide. Not for several threads. */
final class Delays {
    private static final int PER_DOUBLING = 8;
    private static final int CLASSES = 40 * PER_DOUBLING; // to 2^40 ns, 18 minutes

    private final long[] counts = new long[CLASSES];

    void add(long nanos) {
        double place = PER_DOUBLING * Math.log((double) Math.max(1, nanos)) / Math.log(2);
        counts[Math.min(CLASSES - 1, (int) place)]++;
    }

    long count() {
        return Arrays.stream(counts).sum();
    }

    /** The delay that so many of a hundred do not exceed, in ms. */
    double percentile(double percent) {
        long left = (long) Math.ceil(count() * percent / 100);
        int place = 0;
        while (place < CLASSES - 1 && (left -= counts[place]) > 0) {
            place++;
        }
        return Math.pow(2, (place + 1.0) / PER_DOUBLING) / 1e6;
    }

    void add(Delays others) {
        for (int i = 0; i < CLASSES; i++) {
            counts[i] += others.counts[i];
        }
    }

    String text() {
        return Arrays.stream(counts).mapToObj(Long::toString).collect(Collectors.joining(","));
    }

    static Delays parse(String text) {
        var delays = new Delays();
        String[] counts = text.split(",", -1);
        for (int i = 0; i < CLASSES; i++) {
            delays.counts[i] = Long.parseLong(counts[i]);
        }
        return delays;
    }
}
