package dev.parley.core;

import static dev.parley.contract.BrokerSuite.keeping;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.embedded.EmbeddedBroker;
import dev.parley.fake.Crowd;
import dev.parley.fake.Visits;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** Publishers and readers on threads of their own, at random. What each reader accounts for must come out even. */
class ReadersStressTest {
    private static final int ROUNDS = 20;
    private static final int PUBLISHERS = 3;
    private static final int READERS = 5;
    private static final int EACH = 2000;
    private static final int DEADLINE_SECONDS = 20;
    private static final ChannelName ROOM = new ChannelName("room");

    @Test
    void readersAmongPublishersGetEachMessageOnceOrAreToldOfTheGap() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            long seed = new Random().nextLong();
            try {
                play(seed);
            } catch (Exception | AssertionError failed) {
                throw new AssertionError("with seed " + seed, failed);
            }
        }
    }

    private static void play(long seed) throws Exception {
        var random = new Random(seed);
        int history = 1 + random.nextInt(random.nextBoolean() ? 20 : 600);
        var rules =
                new Namespace(history, Duration.ofHours(1), 4 << 20, Namespace.SlowReader.GAP, Duration.ofMinutes(5));
        var broker = new EmbeddedBroker(name -> rules, 10, InstantSource.system());
        var hub = new Hub(broker, name -> rules, Visits.AT_ONCE);
        List<Long> seeds = random.longs(PUBLISHERS + READERS).boxed().toList();
        Crowd.<Object>together(
                PUBLISHERS + READERS,
                i -> i < PUBLISHERS ? publisher(hub, new Random(seeds.get(i))) : reader(hub, new Random(seeds.get(i))));

        assertEquals(0, hub.watchedChannels());
        assertEquals(
                PUBLISHERS * EACH, broker.after(ROOM, Start.LATEST, 0).head().offset());
    }

    @Test
    void whoComesWhenTheLastReaderLeavesIsNotLost() throws Exception {
        var rules = keeping(4 * EACH); // all, so that there is nothing to miss
        var hub = new Hub(new EmbeddedBroker(name -> rules, 10, InstantSource.system()), name -> rules, Visits.AT_ONCE);
        Crowd.<Object>together(4, i -> () -> comeAndGo(hub));

        assertEquals(0, hub.watchedChannels());
    }

    /** Each time it must hear what it publishes itself; most of the time it is the first reader and the last. */
    private static int comeAndGo(Hub hub) throws InterruptedException {
        for (int visit = 0; visit < EACH; visit++) {
            var reader = new AccountingReader(hub, ROOM);
            reader.join(Start.LATEST);
            reader.read(1);
            Position own = hub.publish(ROOM, new Content("m", "", ""), Optional.empty())
                    .position();
            while (reader.cursor().offset() < own.offset()) {
                assertTrue(reader.awaitWake(DEADLINE_SECONDS), "asleep at " + reader.cursor());
                readAll(reader, new Random(visit));
            }
            assertTrue(
                    reader.got().stream().anyMatch(message -> message.position().equals(own)));
            reader.leave();
        }
        return EACH;
    }

    private static Callable<Object> publisher(Hub hub, Random random) {
        return () -> {
            Position last = new Position("none", 0);
            for (int i = 0; i < EACH; i++) {
                last = hub.publish(ROOM, new Content("m", "", ""), Optional.empty())
                        .position();
                pause(random);
            }
            return last;
        };
    }

    /** Reads until it has accounted for the last message, and on the way leaves and comes back. */
    private static Callable<Object> reader(Hub hub, Random random) {
        return () -> {
            var reader = new AccountingReader(hub, ROOM);
            Start start = random.nextBoolean() ? Start.EARLIEST : Start.LATEST;
            reader.join(start);
            long started = reader.cursor().offset();
            while (reader.cursor().offset() < PUBLISHERS * EACH) {
                assertTrue(reader.awaitWake(DEADLINE_SECONDS), "asleep at " + reader.cursor());
                readAll(reader, random);
                if (random.nextInt(50) == 0) {
                    reader.leave();
                    pause(random);
                    reader.rejoin();
                }
            }
            reader.leave();
            assertEquals(PUBLISHERS * EACH - started, reader.got().size() + reader.missed());
            return new ArrayList<>(reader.got());
        };
    }

    private static void readAll(AccountingReader reader, Random random) {
        do {
            reader.read(1 + random.nextInt(100));
            pause(random);
        } while (reader.isBehind());
    }

    private static void pause(Random random) {
        if (random.nextInt(20) == 0) {
            for (int i = random.nextInt(5000); i > 0; i--) {
                Thread.onSpinWait();
            }
        }
    }
}
