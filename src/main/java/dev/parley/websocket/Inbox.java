package dev.parley.websocket;

import dev.parley.core.VirtualThreads;
import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.Refused;
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
 * <p>What waits is limited. The API of WebSockets has no way to stop an engine from reading, other than to hold its thread: so what
 * comes beyond the limit is refused. A virtual thread may be held, and then TCP tells the client to wait.
 */
final class Inbox {
    private static final int RETRY_SECONDS = 1;

    private static final ThreadFactory THREADS = VirtualThreads.named("parley-inbox");

    private final boolean direct = Thread.currentThread().isVirtual();
    private final long most;
    private final Consumer<Throwable> failed;
    private final Turn turn = new Turn();
    private final Queue<Work> waiting = new ArrayDeque<>(1); // guarded by this
    private long weight; // of what waits; guarded by this
    private boolean running; // guarded by this

    private record Work(Runnable task, int size) {
        long weight() {
            return size + Turn.OVERHEAD;
        }
    }

    /**
     * To be made by a thread of the engine.
     *
     * @param most what may wait, in bytes; beyond that one piece of work may, whatever it weighs
     * @param failed told what the work has thrown, on the thread that did it, unless that is the engine's
     */
    Inbox(long most, Consumer<Throwable> failed) {
        this.most = most;
        this.failed = failed;
    }

    /**
     * Has this done after all that was put before. For the engine's threads, one at a time.
     *
     * @param size of what the work is about, in characters or bytes
     * @return false if too much waits: it is not done then
     */
    boolean put(int size, Runnable work) {
        if (direct) {
            work.run();
            turn.spend(size);
            return true;
        }
        return add(new Work(work, size), most);
    }

    /** What somebody is told whose work was not taken. */
    static Refused full() {
        ErrorCode code = ErrorCode.TOO_MANY_REQUESTS;
        return new Refused(code, "too much of what was sent before is not done yet", code.httpStatus(), RETRY_SECONDS);
    }

    /** As {@link #put}, for what comes last: there is always room for it. */
    void putLast(Runnable work) {
        if (direct) {
            work.run();
        } else {
            add(new Work(work, 0), Long.MAX_VALUE);
        }
    }

    private synchronized boolean add(Work work, long limit) {
        if (!waiting.isEmpty() && weight + work.weight() > limit) {
            return false;
        }
        waiting.add(work);
        weight += work.weight();
        if (!running) {
            running = true;
            THREADS.newThread(this::run).start();
        }
        return true;
    }

    private void run() {
        for (Work work = next(); work != null; work = next()) {
            try {
                work.task().run();
                turn.spend(work.size());
            } catch (RuntimeException
                    | Error e) { // also then the end of the connection, which comes last, is not to be missed
                failed.accept(e);
            }
        }
    }

    private synchronized @Nullable Work next() {
        Work work = waiting.poll();
        running = work != null;
        weight -= work == null ? 0 : work.weight();
        return work;
    }
}
