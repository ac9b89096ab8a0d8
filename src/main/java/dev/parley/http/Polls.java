package dev.parley.http;

import dev.parley.core.VirtualThreads;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** The waiting polls, each on a virtual thread. */
public final class Polls {
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(VirtualThreads.named("parley-poll"));
    private final Set<Poll> waiting = ConcurrentHashMap.newKeySet();
    private volatile boolean hurried;

    /** @param task answers the poll; runs later, on a thread of its own */
    void start(Poll poll, Runnable task) {
        threads.execute(() -> {
            waiting.add(poll);
            if (hurried) {
                poll.hurry();
            }
            try {
                task.run();
            } finally {
                waiting.remove(poll);
            }
        });
    }

    /** How many wait for something to be published. */
    public int waiting() {
        return waiting.size();
    }

    /**
     * Lets every poll answer at once with what it has, also those to come. None is interrupted: it may be reading the log, and a file
     * that is read when its thread is interrupted is closed for all.
     */
    public void hurry() {
        hurried = true;
        waiting.forEach(Poll::hurry);
    }

    /** Waits until every poll is answered, but no longer than {@code atMost}. No poll may be started any more. */
    public void close(Duration atMost) throws InterruptedException {
        hurry();
        threads.shutdown();
        threads.awaitTermination(atMost.toMillis(), TimeUnit.MILLISECONDS);
    }
}
