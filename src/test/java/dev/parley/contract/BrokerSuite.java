package dev.parley.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parley.core.Broker;
import dev.parley.core.ChannelName;
import dev.parley.core.Content;
import dev.parley.core.Message;
import dev.parley.core.Namespace;
import dev.parley.core.Position;
import dev.parley.core.PublishKey;
import dev.parley.core.Slice;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** What the parts of the contract share: brokers to try, and short ways of saying what is done to them. */
public interface BrokerSuite {
    ChannelName ROOM = new ChannelName("chat:lobby");
    ChannelName OTHER_ROOM = new ChannelName("chat:cellar");
    int MANY = 1000;
    Duration SOON = Duration.ofSeconds(20);

    /** Makes an empty broker, which is closed when the test ends. */
    Broker open(Function<ChannelName, Namespace> rules, int maxChannels);

    void pass(Duration time);

    default Broker open(Namespace rules) {
        return open(name -> rules, MANY);
    }

    default Broker open() {
        return open(Namespace.DEFAULT);
    }

    static Namespace keeping(int history) {
        return new Namespace(history, Duration.ofHours(24), 4 << 20, Namespace.SlowReader.CLOSE, Duration.ofMinutes(5));
    }

    static Namespace keeping(Duration age) {
        return new Namespace(1000, age, 4 << 20, Namespace.SlowReader.CLOSE, Duration.ofMinutes(5));
    }

    static Namespace forcing(Namespace.Fsync fsync) {
        return new Namespace(
                1000,
                Duration.ofHours(24),
                4 << 20,
                Namespace.SlowReader.CLOSE,
                Duration.ofMinutes(5),
                true,
                fsync,
                false);
    }

    static Content content(String text) {
        return new Content('"' + text + '"', "", "");
    }

    static Position publish(Broker broker, ChannelName channel, String text) {
        return broker.append(channel, content(text), Optional.empty()).position();
    }

    static Broker.Appended publish(Broker broker, ChannelName channel, String text, PublishKey key) {
        return broker.append(channel, content(text), Optional.of(key));
    }

    /** Publishes the texts 1, 2, 3… */
    static List<Position> publish(Broker broker, ChannelName channel, int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> publish(broker, channel, Integer.toString(i)))
                .toList();
    }

    /** A watcher hears soon of what is stored, not at once: waits until it has. */
    static <T> void soon(T expected, Supplier<T> actual) {
        long end = System.nanoTime() + SOON.toNanos();
        T last = actual.get();
        while (!expected.equals(last) && System.nanoTime() - end < 0) {
            LockSupport.parkNanos(1_000_000);
            last = actual.get();
        }
        assertEquals(expected, last); // not asked again: it may do something
    }

    static List<String> texts(Slice slice) {
        return slice.messages().stream().map(BrokerSuite::text).toList();
    }

    static String text(Message message) {
        String data = message.content().data();
        return data.substring(1, data.length() - 1);
    }

    static List<String> numbers(int first, int last) {
        return IntStream.rangeClosed(first, last).mapToObj(Integer::toString).toList();
    }
}
