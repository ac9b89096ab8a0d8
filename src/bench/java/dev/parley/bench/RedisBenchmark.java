package dev.parley.bench;

import static dev.parley.bench.Publisher.COUNT;

import dev.parley.core.Namespace;
import dev.parley.fault.RedisServer;
import io.lettuce.core.RedisClient;
import io.lettuce.core.XAddArgs;
import io.lettuce.core.api.StatefulRedisConnection;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What {@link PublishBenchmark} is to be seen beside: Redis as people use it for such a log, bare {@code XADD} with {@code appendfsync
 * everysec}, by as many publishers that share one connection of Lettuce.
 */
@State(Scope.Benchmark)
@BenchmarkMode({Mode.Throughput, Mode.SampleTime})
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Threads(COUNT)
@Fork(1)
@Warmup(iterations = 1, time = 5)
@Measurement(iterations = 2, time = 6)
public class RedisBenchmark {
    private static final Map<String, String> ENTRY = Map.of("d", Publisher.DATA, "f", "publisher");

    private final XAddArgs trim =
            new XAddArgs().maxlen(Namespace.DEFAULT.history()).approximateTrimming();

    private RedisServer server;
    private RedisClient client;
    private StatefulRedisConnection<String, String> connection;

    @Setup
    public void start() {
        server = RedisServer.start("--appendonly", "yes", "--appendfsync", "everysec");
        client = RedisClient.create(server.uri());
        connection = client.connect();
    }

    @Benchmark
    public String xadd(Publisher publisher) {
        return connection.sync().xadd(publisher.channel.text(), trim, ENTRY);
    }

    @TearDown
    public void stop() {
        client.shutdown();
        server.close();
    }
}
