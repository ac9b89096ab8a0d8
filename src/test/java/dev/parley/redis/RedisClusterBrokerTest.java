package dev.parley.redis;

import dev.parley.contract.BrokerContract;
import dev.parley.contract.LogsFacts;
import dev.parley.core.Broker;
import dev.parley.core.ChannelName;
import dev.parley.core.Logs;
import dev.parley.core.Namespace;
import dev.parley.fake.SettableClock;
import dev.parley.fault.RedisCluster;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** As {@link RedisBrokerTest}, with Redis Cluster. */
class RedisClusterBrokerTest extends BrokerContract implements LogsFacts {
    private static final AtomicInteger PREFIXES = new AtomicInteger();
    private static RedisCluster redis;

    private final SettableClock clock = new SettableClock();

    @BeforeAll
    static void start() {
        redis = RedisCluster.start();
    }

    @AfterAll
    static void stop() {
        redis.close();
    }

    @Override
    protected Broker create(Function<ChannelName, Namespace> rules, int maxChannels) {
        var options = new RedisOptions(
                Address.parse(redis.uri()), "test" + PREFIXES.incrementAndGet(), Duration.ofSeconds(5), maxChannels);
        return new RedisBroker(options, "node", rules, Thread::startVirtualThread, clock);
    }

    @Override
    public Logs logs(Broker broker) {
        return ((RedisBroker) broker).logs();
    }

    @Override
    public void pass(Duration time) {
        clock.move(time);
    }
}
