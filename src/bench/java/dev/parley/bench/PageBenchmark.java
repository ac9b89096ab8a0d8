package dev.parley.bench;

import dev.parley.core.ChannelName;
import dev.parley.core.Content;
import dev.parley.core.Message;
import dev.parley.core.Namespace;
import dev.parley.core.Position;
import dev.parley.core.Slice;
import dev.parley.core.Start;
import dev.parley.embedded.StandaloneBroker;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a page of a channel's log costs, and a message alone, by how long the log is: from where it was closed and opened again, so
 * that all of it is in the archive, and from anywhere in its middle half, so that of a long log most is not in memory.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 1, time = 3)
@Measurement(iterations = 3, time = 1)
public class PageBenchmark {
    private static final ChannelName CHANNEL = new ChannelName("room:long");
    private static final Content CONTENT = new Content(Publisher.DATA, "", "publisher");
    private static final int LIMIT = 100;

    @Param({"1000", "1000000"})
    public int messages;

    private DiskLog log;
    private StandaloneBroker broker;
    private Position head;

    @Setup
    public void fill() throws IOException {
        log = new DiskLog();
        broker = open();
        for (int i = 0; i < messages; i++) {
            head = broker.append(CHANNEL, CONTENT, Optional.empty()).position();
        }
        broker.close();
        broker = open();
    }

    private StandaloneBroker open() {
        var rules = new Namespace(
                messages, Duration.ofDays(1), Long.MAX_VALUE, Namespace.SlowReader.CLOSE, Duration.ofMinutes(5));
        return log.open(rules, 1);
    }

    @Benchmark
    public Slice pageAfter() {
        return broker.after(CHANNEL, new Start.At(somewhere()), LIMIT);
    }

    @Benchmark
    public Slice pageBefore() {
        return broker.before(CHANNEL, new Start.At(somewhere()), LIMIT);
    }

    @Benchmark
    public Optional<Message> messageAlone() {
        return broker.at(CHANNEL, somewhere());
    }

    private Position somewhere() {
        return head.at(messages / 4 + ThreadLocalRandom.current().nextInt(messages / 2));
    }

    @TearDown
    public void close() throws IOException {
        broker.close();
        log.close();
    }
}
