package dev.parley.metrics;

import dev.parley.core.Metrics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** What happens on connections of one transport. Every write costs three additions to adders that many threads share well. */
final class TransportMeters implements Metrics.Traffic {
    private static final String TRANSPORT = "transport";
    private static final String CLIENT = "client";

    /** Those that are watched stand there from the beginning: an alert cannot see the first one come into being. */
    private static final List<String> CODES = List.of(CLIENT, "1012", "4000", "4001");

    /** From a page that was left at once to a screen on a wall. */
    private static final Duration[] LIFETIMES = {
        Duration.ofSeconds(1),
        Duration.ofSeconds(10),
        Duration.ofMinutes(1),
        Duration.ofMinutes(10),
        Duration.ofHours(1),
        Duration.ofHours(6),
        Duration.ofDays(1)
    };

    private static final Duration[] DELAYS = {
        Duration.ofMillis(1),
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofSeconds(5)
    };

    private static final double[] BATCHES = {1, 4, 16, 64, 256, 1024};

    private final MeterRegistry registry;
    private final String transport;
    private final AtomicInteger open = new AtomicInteger();
    private final LongAdder received = new LongAdder();
    private final LongAdder sent = new LongAdder();
    private final LongAdder delivered = new LongAdder();
    private final LongAdder writes = new LongAdder();
    private final Counter opened;
    private final Timer lifetime;
    private final Timer delay;
    private final DistributionSummary batch;

    TransportMeters(MeterRegistry registry, String transport) {
        this.registry = registry;
        this.transport = transport;
        Gauge.builder("parley.sessions", open, AtomicInteger::get)
                .description("open now")
                .tag(TRANSPORT, transport)
                .register(registry);
        this.opened = Counter.builder("parley.sessions.opened")
                .description("taken in")
                .tag(TRANSPORT, transport)
                .register(registry);
        this.lifetime = Timer.builder("parley.session.lifetime")
                .description("how long sessions lived")
                .tag(TRANSPORT, transport)
                .serviceLevelObjectives(LIFETIMES)
                .register(registry);
        this.delay = Timer.builder("parley.delivery.delay")
                .description("from publish to the end of the write, of readers that keep up; one write in sixteen")
                .tag(TRANSPORT, transport)
                .serviceLevelObjectives(DELAYS)
                .register(registry);
        this.batch = DistributionSummary.builder("parley.delivery.batch")
                .description("messages in one write; one write in sixteen")
                .baseUnit("messages")
                .tag(TRANSPORT, transport)
                .serviceLevelObjectives(BATCHES)
                .register(registry);
        CODES.forEach(this::closings);
        count("parley.received", "bytes", "from clients, a character counted as one", received);
        count("parley.sent", "bytes", "to clients, a character counted as one", sent);
        count("parley.messages.delivered", null, "messages written to readers", delivered);
        count("parley.writes", null, "writes to connections", writes);
    }

    @Override
    public void opened() {
        open.incrementAndGet();
        opened.increment();
    }

    @Override
    public void closed(int code, long lifetimeMillis) {
        open.decrementAndGet();
        lifetime.record(lifetimeMillis, TimeUnit.MILLISECONDS);
        closings(code == BY_CLIENT ? CLIENT : Integer.toString(code)).increment();
    }

    private Counter closings(String code) {
        return Counter.builder("parley.sessions.closed")
                .description("ended, with the server's close code, or by the client")
                .tag(TRANSPORT, transport)
                .tag("code", code)
                .register(registry);
    }

    @Override
    public void received(int size) {
        received.add(size);
    }

    @Override
    public void written(int messages, int size) {
        writes.increment();
        sent.add(size);
        delivered.add(messages);
    }

    @Override
    public void sampled(int messages, long delayMillis) {
        batch.record(messages);
        delay.record(Math.max(0, delayMillis), TimeUnit.MILLISECONDS); // another machine's clock may be ahead
    }

    private void count(String name, @Nullable String unit, String meaning, LongAdder adder) {
        FunctionCounter.builder(name, adder, LongAdder::sum)
                .baseUnit(unit)
                .description(meaning)
                .tag(TRANSPORT, transport)
                .register(registry);
    }
}
