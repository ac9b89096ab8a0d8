package dev.parley.fault;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.wire.client.Answer;
import dev.parley.wire.client.Session;
import dev.parley.wire.client.SseClient;
import dev.parley.wire.client.Wire;
import dev.parley.wire.client.WsClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a running node tells Prometheus, and whether alerts and dashboard ask for nothing else. One test has clients. */
class MetricsIT {
    private static final String CHANNEL = "chat:lobby";
    private static final Path ALERTS = Path.of("config/prometheus/alerts.yml");
    private static final Path DASHBOARD = Path.of("config/grafana/parley.json");

    /** As Parley's, the JVM's and the process's metrics begin, and no label does. */
    private static final Pattern METRIC = Pattern.compile("\\b(?:parley|jvm|process)_[a-z_]+");

    private static ParleyProcess parley;
    private static Wire wire;

    @BeforeAll
    static void start() {
        parley = ParleyProcess.start("-Dparley.connections=3");
        wire = new Wire(parley.base());
    }

    @AfterAll
    static void stop() {
        wire.close();
        parley.close();
    }

    @Test
    void whatHappensIsCounted() {
        var socket = new Session(WsClient.open(wire, "ws"));
        socket.next("connected");
        socket.subscribe(CHANNEL);
        SseClient stream = SseClient.open(wire, "events/" + CHANNEL);
        stream.next();
        String first = wire.publish(CHANNEL, "one");
        wire.publish(CHANNEL, "two");
        assertEquals(2, socket.messages(2).size());
        assertEquals(2, stream.events(2).size());
        wire.get("poll?wait=0&channel=" + CHANNEL + "&after=" + first).expect(200);
        wire.get("poll?wait=0&channel=" + CHANNEL + "&after=anotherlife-7").expect(200);

        awaitValue("parley_messages_delivered_total{transport=\"websocket\"}", 2);
        awaitValue("parley_messages_delivered_total{transport=\"sse\"}", 2);
        awaitValue("parley_messages_published_total", 2);
        awaitValue("parley_sessions{transport=\"websocket\"}", 1);
        awaitValue("parley_sessions{transport=\"sse\"}", 1);
        awaitValue("parley_replays_total{outcome=\"recovered\"}", 1);
        awaitValue("parley_replays_total{outcome=\"lost\"}", 1);
        awaitValue("parley_slowest_reader_behind_messages", 0);
        awaitValue("parley_log_channels", 1);
        awaitValue("parley_journal_commit_seconds_count", 2);
        awaitValue("parley_ready", 1);
        awaitValue("parley_delivery_delay_seconds_count{transport=\"websocket\"}", 1);

        try (var third = WsClient.open(wire, "chat/lobby")) {
            awaitValue("parley_sessions{transport=\"chat\"}", 1); // its handshake is answered before it is counted
            wire.get("events/" + CHANNEL).expect(429);
            awaitValue("parley_refused_total{reason=\"connections\"}", 1);
            assertTrue(parley.output().stream().anyMatch(line -> line.contains("a client was turned away")));
            third.send("hello");
        }
        socket.close();
        awaitValue("parley_sessions_closed_total{code=\"client\",transport=\"websocket\"}", 1);
        awaitValue("parley_session_lifetime_seconds_count{transport=\"websocket\"}", 1);
        stream.close();
    }

    @Test
    void formIsThatOfPrometheusOrOfOpenMetrics() {
        Answer plain = wire.get("metrics").expect(200);
        for (String part : List.of("text/plain", "version=0.0.4", "charset=utf-8")) {
            assertTrue(plain.header("content-type").contains(part), plain::toString);
        }
        assertTrue(plain.body().contains("# TYPE parley_sessions gauge"));
        Answer open = wire.get("metrics", "Accept", "application/openmetrics-text;version=1.0.0,*/*;q=0.1")
                .expect(200);
        assertTrue(open.header("content-type").startsWith("application/openmetrics-text"), open::toString);
        assertTrue(open.body().endsWith("# EOF\n"));
        assertTrue(!plain.body().contains(CHANNEL), "no channel is ever named");
    }

    @Test
    void namesAreAsPrometheusWantsThem() throws IOException, InterruptedException {
        String own = scrape().lines()
                .filter(line -> line.replaceFirst("^# (TYPE|HELP) ", "").startsWith("parley_"))
                .collect(Collectors.joining("\n", "", "\n"));
        assertPromtool(own, "check", "metrics");
    }

    @Test
    void rulesAreSound() throws IOException, InterruptedException {
        assertPromtool("", "check", "rules", ALERTS.toString());
        assertPromtool("", "check", "config", "--syntax-only", "config/prometheus/scrape.yml");
    }

    @Test
    void everyMetricThatARuleOrTheDashboardNamesExists() throws IOException {
        new Vitals(parley, wire).heap(); // collects: before the first time nothing says how long that takes
        Set<String> there = Pattern.compile("^([a-z_]+)(?:\\{.*)? ", Pattern.MULTILINE)
                .matcher(scrape())
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        for (Path file : List.of(ALERTS, DASHBOARD)) {
            Set<String> asked = new TreeSet<>();
            for (String line : Files.readAllLines(file)) {
                if (line.contains("expr")
                        || line.contains("sum by")
                        || line.contains("query")
                        || line.contains("> 1")) {
                    Matcher metric = METRIC.matcher(line);
                    while (metric.find()) {
                        asked.add(metric.group());
                    }
                }
            }
            assertTrue(asked.size() > 8, () -> file + " asks for " + asked);
            asked.removeAll(there);
            assertEquals(Set.of(), asked, () -> file + " asks for what is not among " + there);
        }
    }

    private static String scrape() {
        return wire.get("metrics").expect(200).body();
    }

    private static void awaitValue(String series, double expected) {
        Eventually.holds(
                () -> series + ' ' + expected + " in\n" + scrape(),
                Wire.DEADLINE,
                () -> scrape().lines()
                        .anyMatch(line -> line.startsWith(series + ' ')
                                && Double.parseDouble(line.substring(series.length() + 1)) == expected));
    }

    private static void assertPromtool(String input, String... arguments) throws IOException, InterruptedException {
        List<String> command =
                Stream.concat(Stream.of("promtool"), Stream.of(arguments)).toList();
        Process promtool = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (var in = promtool.outputWriter(UTF_8)) {
            in.write(input);
        }
        String output = new String(promtool.getInputStream().readAllBytes(), UTF_8);
        assertEquals(0, promtool.waitFor(), output);
    }
}
