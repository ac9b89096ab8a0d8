package dev.parley.redis;

import dev.parley.core.LogUnavailable;
import dev.parley.core.Metrics;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.ScriptOutputType;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The way to Redis, for as long as the node lives: connects, notices when that is worth nothing any more, connects again, and says
 * so. What can be noticed late is limited to the timeout and one heartbeat.
 *
 * <p>Fields without a note belong to the loop.
 */
final class Link {
    private static final Logger LOG = System.getLogger(Link.class.getName());
    private static final long FIRST_DELAY_MILLIS = 50;
    private static final long MAX_DELAY_MILLIS = 1000;

    /** An unanswered heartbeat of so many timeouts, and the connection is given up for another one. */
    private static final int PATIENCE = 3;

    private final Client client;
    private final Duration timeout;
    private final ScheduledExecutorService loop;
    private final Heartbeat heartbeat;
    private final Connecting connecting;
    private final CompletableFuture<Void> first = new CompletableFuture<>(); // done when connected for the first time
    private long delay = FIRST_DELAY_MILLIS;
    private @Nullable String away = ""; // why, as far as it was logged; null while connected
    private volatile @Nullable Connection current; // null while away; written by the loop
    private volatile boolean closed;
    private volatile List<Owner> owners = List.of();

    /** Who is to know of each new connection. Called by the loop, must not block. */
    interface Owner {
        /** Prepares a connection before anybody uses it; fails if it is of no use. */
        CompletionStage<?> connected(Connection connection);

        /** It is in use now: what was announced meanwhile has been missed. */
        void ready();
    }

    /** @param node what this node calls itself there */
    Link(RedisOptions options, String node, Keys keys, RedisTime time) {
        this.client = new Client(options.address(), options.timeout());
        this.timeout = options.timeout();
        this.loop = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("parley-redis").daemon().factory());
        this.heartbeat = new Heartbeat(keys.heartbeat(node), timeout, time);
        this.connecting = new Connecting(client, heartbeat, timeout, loop);
    }

    /** Begins to connect, and waits a moment for it: a node whose Redis is there is ready when this returns. */
    void start(List<Owner> all) {
        owners = all;
        loop.execute(this::connect);
        long period = Math.max(1, Math.min(1000, timeout.toMillis() / 4));
        var unused = loop.scheduleAtFixedRate(this::beat, period, period, TimeUnit.MILLISECONDS);
        try {
            first.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            LOG.log(Level.WARNING, "Redis is not there yet; the node starts without, and waits for it");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Has something done by the loop again and again, for as long as this lives. It must not block. */
    void every(Duration period, Runnable work) {
        long millis = period.toMillis();
        var unused = loop.scheduleWithFixedDelay(work, millis, millis, TimeUnit.MILLISECONDS);
    }

    /** Refuses everything from now on. Blocks until all threads have ended, some seconds at most. */
    void close() {
        closed = true;
        current = null;
        loop.shutdownNow();
        try {
            client.close();
            loop.awaitTermination(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Where it leads. */
    Address address() {
        return client.address();
    }

    boolean isUp() {
        return current != null && !heartbeat.isOverdue();
    }

    /** Whether a write would succeed, as far as the last heartbeat knows. */
    boolean isWritable() {
        return isUp() && heartbeat.isWritable();
    }

    /**
     * Sends something from the loop. The answer comes on a thread of the client library, which must not be held up. While Redis is
     * away this fails at once: what is refused must not wait in the loop's queue for a connection, and come true after all.
     */
    <T> CompletableFuture<T> send(Function<Connection, CompletionStage<T>> request) {
        if (!isUp()) {
            return CompletableFuture.failedFuture(new LogUnavailable("Redis is away"));
        }
        var answer = new CompletableFuture<T>();
        try {
            loop.execute(() -> {
                Connection connection = current;
                if (connection == null || heartbeat.isOverdue()) {
                    answer.completeExceptionally(new LogUnavailable("Redis is away"));
                } else {
                    request.apply(connection).whenComplete((it, failure) -> settle(answer, it, failure));
                }
            });
        } catch (RejectedExecutionException e) {
            answer.completeExceptionally(new LogUnavailable("the log is closed"));
        }
        return answer;
    }

    static <T> void settle(CompletableFuture<T> answer, T value, @Nullable Throwable failure) {
        if (failure == null) {
            answer.complete(value);
        } else {
            answer.completeExceptionally(failure);
        }
    }

    /** Runs a script; as {@link #send}. */
    CompletableFuture<List<Object>> run(Script script, String[] keys, byte[]... args) {
        return this.<List<Object>>send(it -> it.commands().evalsha(script.digest(), ScriptOutputType.MULTI, keys, args))
                .exceptionallyCompose(failure -> cause(failure) instanceof RedisNoScriptException
                        ? send(it -> it.commands().eval(script.text(), ScriptOutputType.MULTI, keys, args))
                        : CompletableFuture.failedFuture(failure));
    }

    /**
     * Waits for an answer, as long as the timeout says.
     *
     * @throws LogUnavailable there was none, or Redis cannot do this now
     */
    <T> T await(CompletableFuture<T> answer) {
        try {
            return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new LogUnavailable("Redis did not answer within " + timeout);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LogUnavailable("interrupted", e);
        } catch (ExecutionException e) {
            throw unavailable(cause(e));
        }
    }

    /** As {@link #await}, and tells how long that took, or that it failed. */
    <T> T await(CompletableFuture<T> answer, Metrics.Work work, Metrics metrics) {
        long start = System.nanoTime();
        try {
            T value = await(answer);
            metrics.took(work, System.nanoTime() - start);
            return value;
        } catch (LogUnavailable e) {
            metrics.failed(work);
            throw e;
        }
    }

    private LogUnavailable unavailable(Throwable cause) {
        if (cause instanceof LogUnavailable known) {
            return known;
        }
        if (cause instanceof RedisCommandExecutionException refused) {
            return new LogUnavailable(String.valueOf(refused.getMessage()));
        }
        return new LogUnavailable("Redis did not answer", cause);
    }

    private void connect() {
        if (closed) {
            return;
        }
        var unused = connecting
                .connect(owners, it -> lost(it, "disconnected"))
                .whenCompleteAsync((it, failure) -> connected(it, failure), loop);
    }

    private void connected(@Nullable Connection connection, @Nullable Throwable failure) {
        if (connection == null) {
            tryAgain(String.valueOf(failure == null ? "closed" : cause(failure)));
            return;
        }
        if (closed || !connection.isOpen()) {
            var unused = connection.close();
            tryAgain("disconnected");
            return;
        }
        current = connection;
        delay = FIRST_DELAY_MILLIS;
        if (away != null && first.isDone()) {
            LOG.log(Level.INFO, "Redis is back");
        }
        away = null;
        first.complete(null);
        owners.forEach(Owner::ready);
    }

    private void lost(Connection connection, String why) {
        if (current == connection) {
            current = null;
            var unused = connection.close();
            tryAgain(why);
        }
    }

    private void tryAgain(String why) {
        if (closed) {
            return;
        }
        if (!why.equals(away)) {
            LOG.log(Level.WARNING, "Redis is away, publishes are refused until it is back: {0}", why);
            away = why;
        }
        var unused = loop.schedule(this::connect, delay, TimeUnit.MILLISECONDS);
        delay = Math.min(MAX_DELAY_MILLIS, 2 * delay);
    }

    private void beat() {
        try {
            Connection connection = current;
            if (connection == null) {
                return;
            }
            if (!heartbeat.beat(connection, PATIENCE)) {
                lost(connection, "no answer for " + timeout.multipliedBy(PATIENCE));
            } else if (heartbeat.isReplica() && client.asksSentinel()) {
                lost(connection, "it has become a replica");
            }
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "heartbeat", e);
        }
    }

    static Throwable cause(Throwable failure) {
        Throwable cause = failure;
        while ((cause instanceof CompletionException || cause instanceof ExecutionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }
}
