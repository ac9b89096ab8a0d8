package dev.parley.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.core.Metrics;
import dev.parley.core.Metrics.Traffic;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NodeMetersTest {
    private final NodeMeters meters = new NodeMeters();

    @AfterEach
    void close() {
        meters.close();
    }

    @Test
    void trafficIsCountedByTransport() {
        Traffic sse = meters.traffic("sse");
        Traffic websocket = meters.traffic("websocket");
        sse.opened();
        sse.opened();
        sse.closed(4000, 1500);
        sse.closed(Traffic.BY_CLIENT, 100);
        websocket.opened();
        websocket.received(7);
        websocket.written(3, 100);
        websocket.written(0, 10);

        assertValue("parley_sessions{transport=\"sse\"}", 0);
        assertValue("parley_sessions{transport=\"websocket\"}", 1);
        assertValue("parley_sessions_opened_total{transport=\"sse\"}", 2);
        assertValue("parley_sessions_closed_total{code=\"4000\",transport=\"sse\"}", 1);
        assertValue("parley_sessions_closed_total{code=\"client\",transport=\"sse\"}", 1);
        assertValue("parley_session_lifetime_seconds_bucket{transport=\"sse\",le=\"1.0\"}", 1);
        assertValue("parley_session_lifetime_seconds_count{transport=\"sse\"}", 2);
        assertValue("parley_received_bytes_total{transport=\"websocket\"}", 7);
        assertValue("parley_sent_bytes_total{transport=\"websocket\"}", 110);
        assertValue("parley_messages_delivered_total{transport=\"websocket\"}", 3);
        assertValue("parley_writes_total{transport=\"websocket\"}", 2);
    }

    @Test
    void samplesAreHistograms() {
        Traffic chat = meters.traffic("chat");
        chat.sampled(5, 30);
        chat.sampled(1, -4);

        assertValue("parley_delivery_delay_seconds_bucket{transport=\"chat\",le=\"0.001\"}", 1);
        assertValue("parley_delivery_delay_seconds_bucket{transport=\"chat\",le=\"0.05\"}", 2);
        assertValue("parley_delivery_batch_messages_bucket{transport=\"chat\",le=\"4.0\"}", 1);
        assertValue("parley_delivery_batch_messages_sum{transport=\"chat\"}", 6);
    }

    @Test
    void whatIsWatchedIsThereBeforeItHappens() {
        meters.traffic("sse");
        assertValue("parley_refused_total{reason=\"overloaded\"}", 0);
        assertValue("parley_replays_total{outcome=\"lost\"}", 0);
        assertValue("parley_sessions_closed_total{code=\"4000\",transport=\"sse\"}", 0);
        for (Metrics.Work work : Metrics.Work.values()) {
            String name = "parley_" + work.name().toLowerCase(Locale.ROOT);
            assertValue(name + "_seconds_count", 0);
            assertValue(name + "_failures_total", 0);
        }
    }

    @Test
    void workIsTimedAndItsFailuresCounted() {
        meters.took(Metrics.Work.JOURNAL_COMMIT, TimeUnit.MILLISECONDS.toNanos(7));
        meters.failed(Metrics.Work.REDIS_APPEND);
        meters.published(12);
        meters.replayed(true);
        meters.replayed(false);
        meters.refused("overloaded");
        meters.gauge("parley.log.bytes", "size", () -> 42);

        assertValue("parley_journal_commit_seconds_bucket{le=\"0.01\"}", 1);
        assertValue("parley_journal_commit_seconds_bucket{le=\"0.005\"}", 0);
        assertValue("parley_redis_append_failures_total", 1);
        assertValue("parley_messages_published_total", 1);
        assertValue("parley_published_bytes_total", 12);
        assertValue("parley_replays_total{outcome=\"recovered\"}", 1);
        assertValue("parley_replays_total{outcome=\"lost\"}", 1);
        assertValue("parley_refused_total{reason=\"overloaded\"}", 1);
        assertValue("parley_log_bytes", 42);
    }

    private void assertValue(String series, double expected) {
        List<String> lines = meters.scrape("text/plain").lines().toList();
        List<String> found =
                lines.stream().filter(line -> line.startsWith(series + ' ')).toList();
        assertEquals(1, found.size(), () -> series + " in " + lines);
        assertEquals(expected, Double.parseDouble(found.getFirst().substring(series.length() + 1)), series);
        assertTrue(lines.stream().anyMatch(line -> line.startsWith("# TYPE ")));
    }
}
