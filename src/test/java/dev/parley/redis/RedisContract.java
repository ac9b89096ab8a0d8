package dev.parley.redis;

import static dev.parley.contract.BrokerSuite.soon;

import dev.parley.contract.BrokerContract;
import dev.parley.contract.LogsFacts;
import dev.parley.core.Broker;
import dev.parley.core.ChannelName;
import dev.parley.core.Logs;
import dev.parley.core.Metrics;
import dev.parley.core.Namespace;
import dev.parley.fake.SettableClock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.ResourceLock;

/** What every broker must do, with a Redis of some kind. One kind at a time, as they share what they start. */
@ResourceLock("dev.parley.redis.RedisContract")
abstract class RedisContract extends BrokerContract implements LogsFacts {
    private static final AtomicInteger PREFIXES = new AtomicInteger();

    @RegisterExtension
    static final Started STARTED = new Started();

    private final SettableClock clock = new SettableClock();

    abstract Address address();

    @Override
    protected final Broker create(Function<ChannelName, Namespace> rules, int maxChannels) {
        var options =
                new RedisOptions(address(), "test" + PREFIXES.incrementAndGet(), Duration.ofSeconds(5), maxChannels);
        RedisBroker node = STARTED.node("node", options, rules, clock, Metrics.NONE);
        soon(true, node::isAvailable);
        return node;
    }

    @Override
    protected final void close(Broker broker) {
        // with all that was started
    }

    @Override
    public final Logs logs(Broker broker) {
        return ((RedisBroker) broker).logs();
    }

    @Override
    public final void pass(Duration time) {
        clock.move(time);
    }
}
