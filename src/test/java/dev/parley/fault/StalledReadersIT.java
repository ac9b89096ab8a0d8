package dev.parley.fault;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One reader in a hundred stops reading for good: nobody else notices, and it ends as its namespace says. */
@Isolated
class StalledReadersIT {
    private static final Logger LOG = System.getLogger(StalledReadersIT.class.getName());
    private static final String CHANNEL = "chat:crowd";
    private static final int OTHERS = 495;
    private static final List<Carrier> FEW = List.of(Carrier.WS, Carrier.CHAT, Carrier.SSE, Carrier.WS, Carrier.SSE);
    private static final Carrier[] STREAMS = {Carrier.WS, Carrier.CHAT, Carrier.SSE};

    private static final int MESSAGES = 2000;
    private static final int AT_ONCE = 20;
    private static final int STRETCHES = 5;
    private static final int SIZE = 128;

    /** Fewer than pass, so that the log moves past those who stand still. */
    private static final int HISTORY = 1500;

    private static final int PAIRS = 2;

    /**
     * Two cores run the server, all of its clients and whatever else the machine does: a time slice more or less is no delay that
     * a stalled reader causes. One that did would cost its write deadline, or the container's.
     */
    private static final Duration NOISE = Duration.ofMillis(5);

    /** Nobody at all waits as long as a stalled one's write may take. */
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private static final Duration DEADLINE = Duration.ofSeconds(60);

    /** @param stretches the others' p99 in each part of the messages */
    private record Round(List<Duration> stretches, List<Peer> few) {}

    /**
     * In turn without and with stalled readers, on one server. What else the machine does hits some stretches hard, and what a
     * stalled reader does would hit all of them, as it stands there all the time: so the middle one of the stretches counts.
     */
    @ParameterizedTest
    @EnumSource
    void delayNobodyAndEndAsTheirPolicySays(StalledPolicy policy) {
        try (var scene = Scene.start(CHANNEL, options(policy, HISTORY))) {
            long files = scene.vitals().files();
            round(scene, false); // to get warm
            var without = new ArrayList<Duration>();
            var with = new ArrayList<Duration>();
            for (int i = 0; i < PAIRS; i++) {
                without.addAll(round(scene, false).stretches());
                Round stalled = round(scene, true);
                with.addAll(stalled.stretches());
                policy.assertEnd(stalled.few(), scene, files);
            }
            String seen =
                    policy + ": p99 (ms) without stalled readers " + millis(without) + ", with them " + millis(with);
            LOG.log(Level.INFO, seen);
            Duration most = median(without).multipliedBy(2).plus(NOISE);
            assertTrue(median(with).compareTo(most) <= 0, seen);
        }
    }

    /** What a server that keeps a queue for each reader would hold here is 64 MB. */
    @Test
    void holdNoMemoryButTheirPlace() {
        int history = 100;
        int size = 32 << 10;
        int atOnce = 5;
        String[] options = Arrays.copyOf(options(StalledPolicy.GAP, history), 8);
        options[7] = "-Dparley.namespace.chat.durable=false"; // the memory of the journal is not a reader's
        try (var scene = Scene.start(CHANNEL, options)) {
            var audience = new Audience(scene.swarm());
            scene.swarm().open(readers(scene, audience, STREAMS.length), DEADLINE);
            List<Peer> few = few(scene, Fillers.SMALL_BUFFER);
            scene.swarm().open(few, DEADLINE);
            scene.swarm().stall(few);
            long before = scene.vitals().heap();
            for (int sent = atOnce; sent <= MESSAGES; sent += atOnce) {
                scene.publisher().publish(atOnce, size);
                audience.awaitHeard((long) sent * STREAMS.length, DEADLINE);
            }
            long grown = scene.vitals().heap() - before;

            // the log, each message in five forms of which one has two bytes a character; and what each writer has in
            // its hand
            long log = 6L * history * size;
            long hands = few.size() * (256L << 10);
            LOG.log(Level.INFO, "heap has grown by {0} bytes of {1} allowed", grown, log + hands);
            assertTrue(grown <= log + hands, () -> "heap has grown by " + grown);
            StalledPolicy.GAP.assertEnd(few, scene, 0);
        }
    }

    private static Round round(Scene scene, boolean stalling) {
        List<Peer> few = few(scene, stalling ? Fillers.SMALL_BUFFER : 0);
        scene.swarm().open(few, DEADLINE);
        if (stalling) {
            scene.swarm().stall(few);
        }
        Fillers.publish(scene.publisher());
        var audience = new Audience(scene.swarm());
        List<Peer> others = readers(scene, audience, OTHERS);
        scene.swarm().open(others, DEADLINE);
        var stretches = new ArrayList<Duration>();
        for (int sent = AT_ONCE; sent <= MESSAGES; sent += AT_ONCE) {
            scene.publisher().publish(AT_ONCE, SIZE);
            audience.awaitHeard((long) sent * OTHERS, DEADLINE);
            if (sent % (MESSAGES / STRETCHES) == 0) {
                assertTrue(audience.latency(1).compareTo(LONGEST) < 0, () -> "one waited " + audience.latency(1));
                stretches.add(audience.latency(0.99));
                audience.forgetLatencies();
            }
        }
        scene.swarm().cut(others);
        if (!stalling) {
            scene.swarm().cut(few);
        }
        scene.awaitAlone(stalling ? few.size() : 0, DEADLINE);
        return new Round(stretches, few);
    }

    /** Those who may be stalled. */
    private static List<Peer> few(Scene scene, int receiveBuffer) {
        return FEW.stream()
                .map(carrier -> scene.peer(carrier, receiveBuffer, new Diary()))
                .toList();
    }

    private static List<Peer> readers(Scene scene, Audience audience, int count) {
        long next = scene.publisher().published() + 1;
        return IntStream.range(0, count)
                .mapToObj(i -> scene.peer(STREAMS[i % STREAMS.length], 0, audience.listener(next)))
                .toList();
    }

    /** Deadlines so long that nothing but the policy ends a stalled reader while messages pass. */
    private static String[] options(StalledPolicy policy, int history) {
        return new String[] {
            "-Dparley.namespace.chat.slow-reader=" + policy.setting(),
            "-Dparley.namespace.chat.history=" + history,
            "-Dparley.namespace.chat.history-bytes=" + (64 << 20),
            "-Dparley.write-deadline=60s",
            // Tomcat takes it for the writes of event streams as well: so long until a stuck one leaves its connection
            "-Dparley.handshake-deadline=" + (policy == StalledPolicy.GAP ? "60s" : "10s"),
            "-Dparley.heartbeat=60s",
            "-Dparley.pong-deadline=60s"
        };
    }

    private static List<Long> millis(List<Duration> of) {
        return of.stream().map(Duration::toMillis).toList();
    }

    private static Duration median(List<Duration> of) {
        return of.stream().sorted().toList().get(of.size() / 2);
    }
}
