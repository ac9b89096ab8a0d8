package dev.parley.websocket;

import dev.parley.core.VirtualThreads;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Does what one client asks for, in the order in which it came. Commands may have to wait for the log, and an engine whose threads
 * are platform threads has few: those only put the work here, and a virtual thread does it, which exists while there is some. Where
 * the engine's thread is a virtual one, as in {@code java -jar}, the work is done on it at once.
 *
 * <p>A client that sends more while {@value #ROOM} of its messages wait holds the engine's thread until one of them is done: only an
 * engine that does not read makes TCP tell the client to wait.
 */
final class Inbox {
    static final int ROOM = 16;

    private static final ThreadFactory THREADS = VirtualThreads.named("parley-inbox");

    private final boolean direct = Thread.currentThread().isVirtual();
    private final Consumer<Throwable> failed;
    private final Queue<Runnable> waiting = new ArrayDeque<>(1); // guarded by this
    private boolean running; // guarded by this

    /**
     * To be made by a thread of the engine.
     *
     * @param failed told what the work has thrown, on the thread that did it, unless that is the engine's
     */
    Inbox(Consumer<Throwable> failed) {
        this.failed = failed;
    }

    /** Has this done after all that was put before. Waits for room. For the engine's threads, one at a time. */
    void put(Runnable work) {
        if (direct) {
            work.run();
        } else {
            awaitRoom();
            add(work);
        }
    }

    /** As {@link #put}, for what comes last: does not wait. */
    void putLast(Runnable work) {
        if (direct) {
            work.run();
        } else {
            add(work);
        }
    }

    private synchronized void awaitRoom() {
        boolean interrupted = false;
        while (waiting.size() >= ROOM) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true; // what was sent is not dropped for that
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void add(Runnable work) {
        waiting.add(work);
        if (!running) {
            running = true;
            THREADS.newThread(this::run).start();
        }
    }

    private void run() {
        for (Runnable work = next(); work != null; work = next()) {
            try {
                work.run();
            } catch (RuntimeException
                    | Error e) { // also then the end of the connection, which comes last, is not to be missed
                failed.accept(e);
            }
        }
    }

    private synchronized @Nullable Runnable next() {
        Runnable work = waiting.poll();
        running = work != null;
        notifyAll();
        return work;
    }
}
