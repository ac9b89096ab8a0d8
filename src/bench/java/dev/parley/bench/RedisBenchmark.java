package dev.parley.bench;

import static dev.parley.bench.Publisher.COUNT;

import dev.parley.core.Broker.Appended;
import dev.parley.core.Content;
import dev.parley.core.Namespace;
import dev.parley.fault.RedisServer;
import dev.parley.redis.Address;
import dev.parley.redis.RedisBroker;
import dev.parley.redis.RedisOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.XAddArgs;
import io.lettuce.core.api.StatefulRedisConnection;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
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
 * What {@link PublishBenchmark} is to be seen beside, with {@code appendfsync everysec} and as many publishers: Redis as people use it
 * for such a log, bare {@code XADD} over one connection of Lettuce; and as a node does, whose script does more.
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

    private static final Content CONTENT = new Content(Publisher.DATA, "", "publisher");

    private final XAddArgs trim =
            new XAddArgs().maxlen(Namespace.DEFAULT.history()).approximateTrimming();

    private RedisServer server;
    private RedisClient client;
    private StatefulRedisConnection<String, String> connection;
    private RedisBroker node;

    @Setup
    public void start() {
        server = RedisServer.start("--appendonly", "yes", "--appendfsync", "everysec");
        client = RedisClient.create(server.uri());
        connection = client.connect();
        node = new RedisBroker(
                new RedisOptions(Address.parse(server.uri()), "parley", Duration.ofSeconds(5), COUNT),
                "node",
                channel -> Namespace.DEFAULT,
                Thread::startVirtualThread,
                Clock.systemUTC());
    }

    @Benchmark
    public String xadd(Publisher publisher) {
        return connection.sync().xadd(publisher.channel.text(), trim, ENTRY);
    }

    @Benchmark
    public Appended append(Publisher publisher) {
        return node.append(publisher.channel, CONTENT, Optional.empty());
    }

    @TearDown
    public void stop() {
        node.close();
        client.shutdown();
        server.close();
    }
}
