package dev.parley.redis;

import static dev.parley.contract.BrokerSuite.publish;
import static dev.parley.contract.BrokerSuite.soon;

import dev.parley.core.ChannelName;
import dev.parley.fault.RedisServer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Isolated;

/** What two nodes leave behind in their process, where no other test may have one meanwhile. */
@Isolated
@Timeout(60)
class ClosedBrokerTest {
    private static final Duration TIMEOUT = Duration.ofMillis(1500);

    @RegisterExtension
    private static final Started STARTED = new Started();

    @Test
    void leavesNoThread() {
        RedisServer redis = STARTED.server(RedisServer.start());
        RedisBroker north = STARTED.node("north", redis.uri(), TIMEOUT);
        RedisBroker south = STARTED.node("south", redis.uri(), TIMEOUT);
        soon(true, north::isAvailable);
        publish(north, new ChannelName("chat:lobby"), "1");
        north.close();
        south.close();

        soon(
                List.of(),
                () -> Thread.getAllStackTraces().keySet().stream()
                        .map(Thread::getName)
                        .filter(name -> name.startsWith("lettuce-")
                                || name.startsWith("parley-redis")
                                || name.startsWith("globalEventExecutor"))
                        .toList());
    }
}
