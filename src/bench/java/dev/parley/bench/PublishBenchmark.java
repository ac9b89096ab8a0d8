package dev.parley.bench;

import static dev.parley.bench.Publisher.COUNT;
import static dev.parley.contract.BrokerSuite.forcing;

import dev.parley.core.Broker.Appended;
import dev.parley.core.Content;
import dev.parley.core.Namespace;
import dev.parley.core.Namespace.Fsync;
import dev.parley.embedded.StandaloneBroker;
import java.io.IOException;
import java.util.Optional;
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
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How long a publisher of a node that stands alone waits until its message is stored as durably as its namespace says, and how many
 * are stored: a hundred publishers, each of which sends the next message once the last one is answered.
 */
@State(Scope.Benchmark)
@BenchmarkMode({Mode.Throughput, Mode.SampleTime})
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Threads(COUNT)
@Fork(1)
@Warmup(iterations = 1, time = 5)
@Measurement(iterations = 2, time = 6)
public class PublishBenchmark {
    private static final Content CONTENT = new Content(Publisher.DATA, "", "publisher");

    /** The namespace's {@code fsync}, or {@code memory} for one that is not durable. */
    @Param({"always", "1s", "never", "memory"})
    public String fsync;

    private DiskLog log;
    private StandaloneBroker broker;

    @Setup
    public void open() throws IOException {
        log = new DiskLog();
        broker = log.open(rules(fsync), COUNT);
    }

    private static Namespace rules(String fsync) {
        return switch (fsync) {
            case "always" -> forcing(Fsync.ALWAYS);
            case "1s" -> forcing(Fsync.SECOND);
            case "never" -> forcing(Fsync.NEVER);
            default -> Namespace.DEFAULT.inMemory();
        };
    }

    @Benchmark
    public Appended publish(Publisher publisher) {
        return broker.append(publisher.channel, CONTENT, Optional.empty());
    }

    @TearDown
    public void close() throws IOException {
        broker.close();
        log.close();
    }
}
