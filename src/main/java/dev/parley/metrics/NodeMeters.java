package dev.parley.metrics;

import dev.parley.core.Metrics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleSupplier;

/** All meters of a node, in a registry of its own that ends with the node. */
public final class NodeMeters implements Metrics, AutoCloseable {
    /** Those that are there from the beginning, so that the first refusal is seen as one more. */
    private static final List<String> REASONS = List.of("connections", "draining", "overloaded");

    private static final Duration[] WORK = {
        Duration.ofMillis(1),
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofSeconds(5)
    };

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmMeters jvm = new JvmMeters();
    private final LongAdder published = new LongAdder();
    private final LongAdder publishedSize = new LongAdder();
    private final Counter recovered;
    private final Counter lost;
    private final Map<Work, Timer> took = new EnumMap<>(Work.class);
    private final Map<Work, Counter> failed = new EnumMap<>(Work.class);

    public NodeMeters() {
        FunctionCounter.builder("parley.messages.published", published, LongAdder::sum)
                .description("messages taken from publishers, whatever their transport")
                .register(registry);
        FunctionCounter.builder("parley.published", publishedSize, LongAdder::sum)
                .baseUnit("bytes")
                .description("their data, a character counted as one")
                .register(registry);
        recovered = replays("recovered");
        lost = replays("lost");
        for (String reason : REASONS) {
            refusals(reason);
        }
        for (Work work : Work.values()) {
            took.put(work, timer(work));
            failed.put(work, failures(work));
        }
    }

    /** Begins to listen to the JVM, which has to be undone with {@link #close}. */
    public void start() {
        jvm.bindTo(registry);
    }

    /**
     * Everything, as Prometheus reads it.
     *
     * @param accept the request's header; {@code application/openmetrics-text} gives that form, all else the text form 0.0.4
     */
    public String scrape(String accept) {
        return registry.scrape(accept);
    }

    @Override
    public Traffic traffic(String transport) {
        return new TransportMeters(registry, transport);
    }

    @Override
    public void refused(String reason) {
        refusals(reason).increment();
    }

    @Override
    public void published(int size) {
        published.increment();
        publishedSize.add(size);
    }

    @Override
    public void replayed(boolean all) {
        (all ? recovered : lost).increment();
    }

    @Override
    public void took(Work work, long nanos) {
        known(took, work).record(nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void failed(Work work) {
        known(failed, work).increment();
    }

    @Override
    public void gauge(String name, String meaning, DoubleSupplier value) {
        Gauge.builder(name, value::getAsDouble).description(meaning).register(registry);
    }

    /** Takes what listens to the JVM out of it again. */
    @Override
    public void close() {
        jvm.close();
        registry.close();
    }

    private Timer timer(Work work) {
        return Timer.builder(name(work))
                .description("how long it took")
                .serviceLevelObjectives(WORK)
                .register(registry);
    }

    private Counter failures(Work work) {
        return Counter.builder(name(work) + ".failures")
                .description("how often it failed")
                .register(registry);
    }

    private static <T> T known(Map<Work, T> meters, Work work) {
        return Objects.requireNonNull(meters.get(work)); // all are made at the start
    }

    private static String name(Work work) {
        return "parley." + work.name().toLowerCase(Locale.ROOT).replace('_', '.');
    }

    private Counter refusals(String reason) {
        return Counter.builder("parley.refused")
                .description("clients that were not taken in")
                .tag("reason", reason)
                .register(registry);
    }

    private Counter replays(String outcome) {
        return Counter.builder("parley.replays")
                .description("readers that came with a position, polls included")
                .tag("outcome", outcome)
                .register(registry);
    }
}
