package dev.parley.fault;

import dev.parley.wire.client.Doc;
import dev.parley.wire.client.Wire;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Publishes messages as {@link Publisher} does, to many channels, each at a steady pace and numbered from 1 on, over HTTP. A publish whose
 * answer does not come is sent again with the same key until it is stored, as a client does that must not lose anything. Time that this
 * takes is made up for, so that the pace holds on average whatever happens.
 */
final class SteadyPublisher implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long BEFORE_NEXT_TRY_MILLIS = 200;

    private final URI base;
    private final Duration interval;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
    private final CountDownLatch end = new CountDownLatch(1);
    private final Map<String, Thread> threads = new ConcurrentHashMap<>();
    private final Map<String, Long> due = new ConcurrentHashMap<>(); // the next message, by System.nanoTime
    private final Map<String, Long> last = new ConcurrentHashMap<>();
    private final Map<String, String> positions = new ConcurrentHashMap<>();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final Moments stored = new Moments();

    /**
     * Publishes the first message of each channel.
     *
     * @param interval between two messages of one channel
     */
    SteadyPublisher(URI base, List<String> channels, Duration interval) {
        this.base = base;
        this.interval = interval;
        channels.forEach(channel -> store(channel, 1));
    }

    /** Where a reader stands that has read all that was published to a channel. */
    String position(String channel) {
        return value(positions, channel);
    }

    /** The number of a channel's last message that was stored. */
    long last(String channel) {
        return value(last, channel);
    }

    /** When messages were stored, since {@link #begin}. */
    Moments stored() {
        return stored;
    }

    void begin() {
        for (String channel : last.keySet()) {
            threads.put(channel, Thread.ofVirtual().start(() -> run(channel)));
        }
    }

    /** Waits until it has made up for what could not be stored in time. */
    void awaitPace(Duration atMost) {
        Eventually.holds(
                () -> "late: " + due.values().stream().filter(this::isLate).count(),
                atMost,
                () -> due.values().stream().noneMatch(this::isLate));
    }

    private boolean isLate(long time) {
        return System.nanoTime() - time > interval.toNanos() / 5;
    }

    /** Returns when all that was due is stored; fails if a publish was refused for good. */
    void finish() {
        end.countDown();
        try {
            for (Thread thread : threads.values()) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (failure.get() != null) {
            throw new AssertionError("publishing failed", failure.get());
        }
    }

    @Override
    public void close() {
        end.countDown();
        threads.values().forEach(Thread::interrupt);
        client.shutdownNow();
    }

    private void run(String channel) {
        try {
            long next = System.nanoTime() + ThreadLocalRandom.current().nextLong(interval.toNanos());
            for (due.put(channel, next); isDue(next); due.put(channel, next)) {
                store(channel, last(channel) + 1);
                stored.note();
                next += interval.toNanos();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | AssertionError e) {
            failure.compareAndSet(null, e);
        }
    }

    /** Waits for the time, which may have come long ago. @return whether it came before the end */
    private boolean isDue(long time) throws InterruptedException {
        long left = time - System.nanoTime();
        return left <= 0 || !end.await(left, TimeUnit.NANOSECONDS);
    }

    private void store(String channel, long number) {
        HttpRequest request = HttpRequest.newBuilder(base.resolve(Wire.messages(channel)))
                .timeout(PATIENCE)
                .header("Content-Type", "text/plain")
                .header("Idempotency-Key", Long.toString(number))
                .POST(BodyPublishers.ofString("" + Publisher.MARK + number + ' ' + System.nanoTime() + ' '))
                .build();
        try {
            String position = send(request);
            while (position.isEmpty()) {
                Thread.sleep(BEFORE_NEXT_TRY_MILLIS);
                position = send(request);
            }
            positions.put(channel, position);
            last.put(channel, number);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** @return its position, or nothing if it has to be sent again */
    private String send(HttpRequest request) throws InterruptedException {
        try {
            HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
            return switch (answer.statusCode()) {
                case 200, 201 -> Doc.read(answer.body()).text("position");
                case 502, 503, 504 -> "";
                default -> throw new AssertionError("a publish was answered " + answer + ": " + answer.body());
            };
        } catch (IOException e) {
            return "";
        }
    }

    private static <T> T value(Map<String, T> map, String channel) {
        T value = map.get(channel);
        if (value == null) {
            throw new IllegalArgumentException("nothing was published to " + channel);
        }
        return value;
    }
}
