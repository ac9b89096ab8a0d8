package dev.parley.embedded;

import static dev.parley.contract.BrokerSuite.OTHER_ROOM;
import static dev.parley.contract.BrokerSuite.ROOM;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.core.Content;
import dev.parley.core.Namespace;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * A namespace's history is made short, and publishers do not wait for all that is to be deleted now. {@code
 * -Dit.messages=1000000} is the long form.
 */
@Isolated
class TrimmingTest {
    private static final int MESSAGES = Integer.getInteger("it.messages", 100_000);
    private static final Content CONTENT = new Content('"' + "x".repeat(150) + '"', "", "");
    private static final int KEPT = 100;
    private static final long PACE = 50_000; // in nanoseconds
    private static final long STRETCH = Duration.ofSeconds(1).toNanos();

    /** A publisher who waited for the trimming of a long log would wait for longer. */
    private static final Duration MOST = Duration.ofMillis(100);

    @TempDir
    private Path data;

    private final Disks disks = new Disks();

    @AfterEach
    void close() {
        disks.close();
    }

    @Test
    void trimmingDelaysNoPublisher() {
        disks.rules = keeping(Long.MAX_VALUE);
        fill(disks.open(data));
        disks.close();
        disks.rules = keeping(KEPT * CONTENT.weight());
        DurableBroker broker = disks.open(data);
        assertEquals(MESSAGES, broker.messages());
        publish(broker, end()); // to get warm
        long[] without = publish(broker, end());
        long start = System.nanoTime();
        CompletableFuture<Void> trimming =
                CompletableFuture.runAsync(() -> disks.store().upkeep().sweep());
        long[] with = publish(broker, () -> !trimming.isDone());
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        trimming.join();

        String seen = "publish without trimming " + told(without) + "; while " + MESSAGES
                + " messages were trimmed, for " + took.toMillis() + " ms, " + told(with);
        System.out.println(seen);
        assertTrue(broker.messages() < MESSAGES, seen);
        assertTrue(part(with, 0.999).compareTo(MOST) < 0, seen);
    }

    private static Namespace keeping(long bytes) {
        return new Namespace(
                Integer.MAX_VALUE, Duration.ofHours(24), bytes, Namespace.SlowReader.CLOSE, Duration.ofMinutes(5));
    }

    private static void fill(DurableBroker broker) {
        for (int i = 0; i < MESSAGES; i++) {
            broker.append(ROOM, CONTENT, Optional.empty());
        }
    }

    private static BooleanSupplier end() {
        long start = System.nanoTime();
        return () -> System.nanoTime() - start < STRETCH;
    }

    /**
     * Publishes at a steady pace, in turns to a channel that is trimmed and to one that is not; gives how long each took, in order
     * of that.
     */
    private static long[] publish(DurableBroker broker, BooleanSupplier goesOn) {
        long[] nanos = new long[1024];
        int count = 0;
        while (goesOn.getAsBoolean() || count == 0) {
            long start = System.nanoTime();
            broker.append(count % 2 == 0 ? ROOM : OTHER_ROOM, CONTENT, Optional.empty());
            if (count == nanos.length) {
                nanos = Arrays.copyOf(nanos, 2 * count);
            }
            nanos[count++] = System.nanoTime() - start;
            LockSupport.parkNanos(PACE);
        }
        Arrays.sort(nanos, 0, count);
        return Arrays.copyOf(nanos, count);
    }

    private static Duration part(long[] sorted, double part) {
        return Duration.ofNanos(sorted[(int) Math.ceil(part * sorted.length) - 1]);
    }

    private static String told(long[] sorted) {
        return "%d times, p50 %d us, p99 %d us, p99.9 %d us, at most %d us"
                .formatted(
                        sorted.length,
                        part(sorted, 0.5).toNanos() / 1000,
                        part(sorted, 0.99).toNanos() / 1000,
                        part(sorted, 0.999).toNanos() / 1000,
                        part(sorted, 1).toNanos() / 1000);
    }
}
