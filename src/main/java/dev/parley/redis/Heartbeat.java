package dev.parley.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisReadOnlyException;
import io.lettuce.core.SetArgs;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Asks Redis again and again whether it answers and can be written, on both connections. The write is what tells that memory is
 * used up, that this is a replica, or that its disk fails, before a publisher has to find out.
 *
 * <p>{@link #beat} and {@link #first} belong to the loop; the questions are for any thread.
 */
final class Heartbeat {
    private static final Logger LOG = System.getLogger(Heartbeat.class.getName());
    private static final byte[] NOTHING = {};

    private final String key;
    private final Duration timeout;
    private final RedisTime time;
    private @Nullable CompletableFuture<?> pending;
    private long sentAt; // of the first that is not answered, nanoseconds of the monotonic clock
    private volatile boolean overdue;
    private volatile boolean writable;
    private volatile boolean replica;
    private boolean refused; // and logged; belongs to the connection's thread

    Heartbeat(String key, Duration timeout, RedisTime time) {
        this.key = key;
        this.timeout = timeout;
        this.time = time;
    }

    boolean isOverdue() {
        return overdue;
    }

    boolean isWritable() {
        return writable;
    }

    /** Whether writes are refused because there is a master elsewhere. */
    boolean isReplica() {
        return replica;
    }

    /** The first beat on a new connection; fails if Redis does not answer. */
    CompletionStage<?> first(Connection connection) {
        return connection
                .commands()
                .time()
                .thenAccept(now -> time.connected(millis(now)))
                .thenCompose(it -> {
                    overdue = false;
                    return write(connection);
                });
    }

    /**
     * One beat: looks for the answer to the last one, and sends the next. One that the library has given up, which waits as long as
     * the timeout says, is none that was answered.
     *
     * @return false if the answer has been missing for {@code patience} timeouts
     */
    boolean beat(Connection connection, int patience) {
        CompletableFuture<?> last = pending;
        boolean answered = last == null || last.isDone() && !last.isCompletedExceptionally();
        if (answered) {
            sentAt = System.nanoTime();
        }
        if (last == null || last.isDone()) {
            pending = send(connection);
        }
        if (answered) {
            return true;
        }
        long waiting = System.nanoTime() - sentAt;
        overdue |= waiting > timeout.toNanos();
        if (waiting > timeout.toNanos() * patience) {
            pending = null;
            return false;
        }
        return true;
    }

    private CompletableFuture<?> send(Connection connection) {
        return CompletableFuture.allOf(
                        connection
                                .commands()
                                .time()
                                .thenAccept(now -> time.heard(millis(now)))
                                .toCompletableFuture(),
                        write(connection).toCompletableFuture(),
                        connection.announcements().async().ping().toCompletableFuture())
                .thenRun(() -> overdue = false);
    }

    private CompletionStage<?> write(Connection connection) {
        return connection
                .commands()
                .set(key, NOTHING, SetArgs.Builder.px(Math.max(1, timeout.toMillis() * 10)))
                .handle((it, failure) -> {
                    note(failure);
                    return it;
                });
    }

    private void note(@Nullable Throwable failure) {
        boolean could = failure == null;
        if (could && refused) {
            refused = false;
            LOG.log(Level.INFO, "Redis can be written again");
        } else if (failure instanceof RedisCommandExecutionException && !refused) {
            refused = true;
            LOG.log(Level.WARNING, "Redis refuses to be written, and so publishes fail: {0}", failure.getMessage());
        }
        replica = failure instanceof RedisReadOnlyException;
        writable = could;
    }

    /** The answer to {@code TIME}: seconds and microseconds. */
    private static long millis(List<byte[]> answer) {
        return number(answer.get(0)) * 1000 + number(answer.get(1)) / 1000;
    }

    private static long number(byte[] digits) {
        return Long.parseLong(new String(digits, US_ASCII));
    }
}
