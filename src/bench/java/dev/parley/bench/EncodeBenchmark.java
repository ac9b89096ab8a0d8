package dev.parley.bench;

import dev.parley.core.ChannelName;
import dev.parley.core.Content;
import dev.parley.core.Message;
import dev.parley.core.Position;
import dev.parley.protocol.JsonCodec;
import dev.parley.protocol.Line;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What it takes to make the line of a text frame that all readers of a message share. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class EncodeBenchmark {
    private final ChannelName channel = new ChannelName("chat:lobby");
    private final Position position = new Position("k3x9q2m1", 123_456);
    private final Content content = new Content(Publisher.DATA, "", "alice");

    /** A new message each time, as it would remember its line. */
    @Benchmark
    public Line line() {
        return new Message(channel, position, content, 1_700_000_000_000L).as(JsonCodec.LINE);
    }
}
