package dev.parley.fault;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.core.ChannelName;
import dev.parley.core.Content;
import dev.parley.core.Metrics;
import dev.parley.core.Namespace;
import dev.parley.embedded.DurableBroker;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * One reader reads a log that does not fit into the server's heap, from its beginning, and live readers of another channel notice
 * little of that. {@code -Dit.messages=1000000} is the long form.
 */
@Isolated
class CatchUpIT {
    private static final Logger LOG = System.getLogger(CatchUpIT.class.getName());

    private static final String LIVE = "chat:live";
    private static final String OLD = "chat:old";
    private static final int MESSAGES = Integer.getInteger("it.messages", 300_000);
    private static final int SIZE = 200;
    private static final long LOG_SIZE = 1L << 30;

    private static final int LIVE_READERS = 30;
    private static final int STRETCH = 100;
    private static final Carrier[] STREAMS = {Carrier.WS, Carrier.CHAT, Carrier.SSE};

    /** What is alive in the server may grow so much: pages of the archive, and what a writer has in its hand. */
    private static final long GROWTH = 24 << 20;

    /** Two cores run the server, all clients and whatever else the machine does. Who waited for the reader would wait for seconds. */
    private static final Duration NOISE = Duration.ofMillis(50);

    private static final int LOOKS = 5;

    private static final int FACTOR = 2;
    private static final Duration DEADLINE = Duration.ofMinutes(2);

    @TempDir
    private Path data;

    @Test
    void costsLiveReadersLittle() {
        prepare();
        try (var scene = Scene.start(LIVE, options("256m"));
                var slow = new Swarm(scene.server().port())) {
            var live = new Audience(scene.swarm());
            scene.swarm().open(readers(scene, live), DEADLINE);
            readAll(scene, live, slow); // to get warm
            var without = new ArrayList<Duration>();
            for (int i = 0; i < 5; i++) {
                without.add(stretch(scene, live));
            }
            long start = System.nanoTime();
            List<Duration> with = readAll(scene, live, slow);
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            String seen = "live p99 (ms) before " + millis(without) + ", while one reader reads " + MESSAGES
                    + " messages in at most " + took + ' ' + millis(with);
            LOG.log(Level.INFO, seen);
            assertTrue(
                    median(with).compareTo(median(without).multipliedBy(FACTOR).plus(NOISE)) <= 0, seen);
        }
    }

    /** One reader reads the whole log; gives what live readers notice meanwhile. */
    private static List<Duration> readAll(Scene scene, Audience live, Swarm slow) {
        var old = new Audience(slow);
        slow.open(List.of(new Peer(Carrier.SSE, OLD, "earliest", 0, old.listener(1))), DEADLINE);
        var noticed = new ArrayList<Duration>();
        do {
            noticed.add(stretch(scene, live));
        } while (old.heard() < MESSAGES);
        old.awaitHeard(MESSAGES, DEADLINE);
        return noticed;
    }

    @Test
    void takesNoMemoryButItsPlace() {
        prepare();
        try (var scene = Scene.start(LIVE, options("64m"))) {
            var old = new Audience(scene.swarm());
            long before = scene.vitals().heap();
            List<Peer> reader = List.of(new Peer(Carrier.SSE, OLD, "earliest", Fillers.SMALL_BUFFER, old.listener(1)));
            scene.swarm().open(reader, DEADLINE);
            var grown = new ArrayList<Long>();
            for (int look = 1; look < LOOKS; look++) {
                long heard = (long) MESSAGES * look / LOOKS;
                Eventually.holds(() -> "heard " + old.heard(), DEADLINE, () -> old.heard() >= heard);
                scene.swarm().stall(reader);
                grown.add(scene.vitals().heap() - before);
                scene.swarm().resume(reader);
            }
            old.awaitHeard(MESSAGES, DEADLINE);
            String seen = "heap while one reader reads has grown by (KiB) "
                    + grown.stream().map(bytes -> bytes >> 10).toList();
            LOG.log(Level.INFO, seen);
            assertTrue(Collections.max(grown) < GROWTH, seen);
        }
    }

    /** Publishes some messages, one after the other; gives the p99 of their ways. */
    private static Duration stretch(Scene scene, Audience live) {
        live.forgetLatencies();
        for (int i = 0; i < STRETCH; i++) {
            scene.publisher().publish(1, SIZE);
            live.awaitHeard(scene.publisher().published() * LIVE_READERS, DEADLINE);
        }
        return live.latency(0.99);
    }

    private static List<Peer> readers(Scene scene, Audience audience) {
        return IntStream.range(0, LIVE_READERS)
                .mapToObj(i -> scene.peer(STREAMS[i % STREAMS.length], 0, audience.listener(1)))
                .toList();
    }

    /** As {@link Publisher} numbers them, and as a server of before has left them. */
    private void prepare() {
        Namespace rules = new Namespace(
                MESSAGES, Duration.ofHours(24), LOG_SIZE, Namespace.SlowReader.CLOSE, Duration.ofMinutes(5));
        DurableBroker broker = DurableBroker.open(data, name -> rules, 10, Clock.systemUTC(), Metrics.NONE);
        var channel = new ChannelName(OLD);
        String filling = "x".repeat(SIZE);
        for (int number = 1; number <= MESSAGES; number++) {
            String text = "\"" + Publisher.MARK + number + " 0 " + filling + '"';
            broker.append(channel, new Content(text, "", ""), Optional.empty());
        }
        broker.close();
    }

    private String[] options(String heap) {
        return new String[] {
            "-Dparley.data=" + data,
            "-Dparley.namespace.chat.history=" + MESSAGES,
            "-Dparley.namespace.chat.history-bytes=" + LOG_SIZE,
            "-Xmx" + heap,
            "-Dparley.overload-heap=100"
        };
    }

    private static List<Long> millis(List<Duration> of) {
        return of.stream().map(Duration::toMillis).toList();
    }

    private static Duration median(List<Duration> of) {
        return of.stream().sorted().toList().get(of.size() / 2);
    }
}
