package dev.parley.embedded;

import static dev.parley.contract.BrokerSuite.MANY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.core.ChannelName;
import dev.parley.core.Content;
import dev.parley.core.Metrics;
import dev.parley.core.Namespace;
import dev.parley.core.Slice;
import dev.parley.core.Start;
import dev.parley.fake.Crowd;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Opening takes time by channels, not by messages. {@code -Dit.messages=1000000} is the long form. */
class ManyChannelsTest {
    private static final int CHANNELS = 1000;
    private static final int PUBLISHERS = 8;
    private static final Duration MOST = Duration.ofSeconds(5);
    private static final String TEXT = '"' + "x".repeat(150) + '"';

    @TempDir
    private Path data;

    @Test
    void manyMessagesInAThousandChannelsAreOpenedInSeconds() throws Exception {
        int each = Integer.getInteger("it.messages", 100_000) / CHANNELS;
        DurableBroker broker = open();
        long start = System.nanoTime();
        Crowd.<Object>together(PUBLISHERS, publisher -> () -> fill(broker, publisher, each));
        Duration filling = Duration.ofNanos(System.nanoTime() - start);
        broker.close();
        start = System.nanoTime();
        DurableBroker again = open();
        Duration opening = Duration.ofNanos(System.nanoTime() - start);
        try {
            assertEquals(CHANNELS, again.channels());
            for (int i = 0; i < CHANNELS; i++) {
                Slice slice = again.after(channel(i), Start.EARLIEST, 1);
                assertEquals(each, slice.head().offset());
                assertEquals(1, slice.messages().getFirst().offset());
            }
            Duration all = Duration.ofNanos(System.nanoTime() - start);
            System.out.printf(
                    "%,d messages stored in %s; opened in %s, and each channel read in %s%n",
                    each * CHANNELS, filling, opening, all);
            assertTrue(all.compareTo(MOST) < 0, all::toString);
        } finally {
            again.close();
        }
    }

    private DurableBroker open() {
        return DurableBroker.open(data, name -> Namespace.DEFAULT, MANY, Clock.systemUTC(), Metrics.NONE);
    }

    private static List<Object> fill(DurableBroker broker, int publisher, int each) {
        for (int i = 0; i < each; i++) {
            for (int channel = publisher; channel < CHANNELS; channel += PUBLISHERS) {
                broker.append(channel(channel), new Content(TEXT, "", ""), Optional.empty());
            }
        }
        return List.of();
    }

    private static ChannelName channel(int number) {
        return new ChannelName("room:" + number);
    }
}
