package dev.parley.contract;

import dev.parley.core.Broker;
import dev.parley.core.ChannelName;
import dev.parley.core.Namespace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;

/** What every broker must do, whoever uses it. An implementation's test extends this one and says how to make one. */
public abstract class BrokerContract
        implements AppendFacts,
                KeyFacts,
                ReadFacts,
                PageFacts,
                RetentionFacts,
                CompactFacts,
                WatchFacts,
                ConcurrencyFacts {
    private final List<Broker> opened = new ArrayList<>();

    /** Makes a broker without any messages. Its clock is the one that {@link #pass} moves. */
    protected abstract Broker create(Function<ChannelName, Namespace> rules, int maxChannels);

    /** Lets time pass for all brokers made so far. */
    @Override
    public abstract void pass(Duration time);

    @Override
    public final Broker open(Function<ChannelName, Namespace> rules, int maxChannels) {
        Broker broker = create(rules, maxChannels);
        opened.add(broker);
        return broker;
    }

    /** The test is over: lets go of a broker that it made. */
    protected void close(Broker broker) {
        broker.close();
    }

    @AfterEach
    final void closeAll() {
        opened.forEach(this::close);
    }
}
