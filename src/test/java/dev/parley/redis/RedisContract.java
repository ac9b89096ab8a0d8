package dev.parley.redis;

import dev.parley.contract.BrokerContract;
import dev.parley.contract.LogsFacts;
import dev.parley.core.Broker;
import dev.parley.core.ChannelName;
import dev.parley.core.Logs;
import dev.parley.core.Namespace;
import dev.parley.fake.SettableClock;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeAll;

/** What every broker must do, with a Redis of some kind. */
abstract class RedisContract extends BrokerContract implements LogsFacts {
    private static final AtomicInteger PREFIXES = new AtomicInteger();

    /** Brokers are closed here: each waits a second for the library's last thread, but the next test need not. */
    private static ExecutorService closing;

    private final SettableClock clock = new SettableClock();

    @BeforeAll
    static void begin() {
        closing = Executors.newVirtualThreadPerTaskExecutor();
    }

    /** Waits until all brokers are closed; Redis may go then. */
    static void end() {
        closing.close();
    }

    abstract Address address();

    @Override
    protected final Broker create(Function<ChannelName, Namespace> rules, int maxChannels) {
        var options =
                new RedisOptions(address(), "test" + PREFIXES.incrementAndGet(), Duration.ofSeconds(5), maxChannels);
        return new RedisBroker(options, "node", rules, Thread::startVirtualThread, clock);
    }

    @Override
    protected final void close(Broker broker) {
        closing.execute(broker::close);
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
