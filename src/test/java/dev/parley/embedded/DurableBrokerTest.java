package dev.parley.embedded;

import dev.parley.contract.BrokerContract;
import dev.parley.contract.LogsFacts;
import dev.parley.core.Broker;
import dev.parley.core.ChannelName;
import dev.parley.core.Metrics;
import dev.parley.core.Namespace;
import dev.parley.fake.SettableClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Function;
import org.junit.jupiter.api.io.TempDir;

class DurableBrokerTest extends BrokerContract implements LogsFacts {
    private final SettableClock clock = new SettableClock();

    @TempDir
    private Path folder;

    @Override
    protected Broker create(Function<ChannelName, Namespace> rules, int maxChannels) {
        try {
            return DurableBroker.open(
                    Files.createTempDirectory(folder, "data"), rules, maxChannels, clock, Metrics.NONE);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void pass(Duration time) {
        clock.move(time);
    }
}
