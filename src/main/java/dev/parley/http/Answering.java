package dev.parley.http;

import dev.parley.core.VirtualThreads;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadFactory;
import java.util.function.Supplier;

/** Requests whose answer may have to wait, for the log or for other nodes. */
final class Answering {
    private static final ThreadFactory THREADS = VirtualThreads.named("parley-answer");

    private Answering() {}

    /**
     * Answers on the thread of the request if that is a virtual one, as it is in {@code java -jar}. A thread of a container's pool is
     * given back at once, and the answer comes from a virtual thread: there are few of the pool's, and while the log stands still they
     * would all wait for it, with nobody left to answer anything else.
     *
     * @param work gives the entity or the response, or throws; must not touch what belongs to the request, such as its body
     * @return for a resource method to return: what the work gave, or a {@code CompletionStage} of it
     */
    @SuppressWarnings("FutureReturnValueIgnored") // the caller returns it to JAX-RS, which waits for it
    static Object of(Supplier<?> work) {
        if (Thread.currentThread().isVirtual()) {
            return work.get();
        }
        var answer = new CompletableFuture<Object>();
        THREADS.newThread(() -> {
                    try {
                        answer.complete(work.get());
                    } catch (RuntimeException | Error e) {
                        answer.completeExceptionally(e);
                    }
                })
                .start();
        return answer;
    }
}
