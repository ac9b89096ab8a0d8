package dev.parley.http;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The waiting polls, each on a virtual thread. */
public final class Polls implements AutoCloseable {
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(Thread.ofVirtual()
            .name("parley-poll-", 0)
            .inheritInheritableThreadLocals(false)
            .factory());

    void start(Runnable poll) {
        threads.execute(poll);
    }

    /** Lets every poll answer at once with what it has. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
