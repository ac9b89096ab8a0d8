package dev.parley.fake;

import dev.parley.core.Metrics;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Metrics that count how often each kind of work was done, and how often it failed. Any thread may use it. */
public final class WorkCounts implements Metrics {
    private final Map<Work, Integer> took = new ConcurrentHashMap<>();
    private final Map<Work, Integer> failed = new ConcurrentHashMap<>();

    @Override
    public void took(Work work, long nanos) {
        if (nanos < 0) {
            throw new AssertionError(work + " took " + nanos);
        }
        took.merge(work, 1, Integer::sum);
    }

    @Override
    public void failed(Work work) {
        failed.merge(work, 1, Integer::sum);
    }

    public int done(Work work) {
        return took.getOrDefault(work, 0);
    }

    public int failures(Work work) {
        return failed.getOrDefault(work, 0);
    }
}
