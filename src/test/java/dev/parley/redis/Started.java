package dev.parley.redis;

import dev.parley.core.ChannelName;
import dev.parley.core.Metrics;
import dev.parley.core.Namespace;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The nodes and servers that a test starts. All of them are closed beside the next test, as each node waits a second for the
 * library's last thread; after the last test they are waited for.
 */
public final class Started implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {
    private final List<AutoCloseable> shared = new ArrayList<>(); // servers of all tests
    private List<AutoCloseable> servers = shared;
    private List<RedisBroker> nodes = new ArrayList<>();
    private final List<Thread> closing = new ArrayList<>();

    RedisBroker node(String name, String uri, Duration timeout) {
        return node(name, new RedisOptions(Address.parse(uri), "parley", timeout, 100));
    }

    RedisBroker node(String name, RedisOptions options) {
        return node(name, options, channel -> Namespace.DEFAULT, Clock.systemUTC(), Metrics.NONE);
    }

    public RedisBroker node(
            String name,
            RedisOptions options,
            Function<ChannelName, Namespace> rules,
            InstantSource clock,
            Metrics metrics) {
        var node = new RedisBroker(options, name, rules, Thread::startVirtualThread, clock, metrics);
        nodes.add(node);
        return node;
    }

    /** One that is started before the first test is there for all of them. */
    public <T extends AutoCloseable> T server(T server) {
        servers.addFirst(server);
        return server;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        servers = shared;
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        servers = new ArrayList<>();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        List<RedisBroker> ending = nodes;
        List<AutoCloseable> last = servers;
        nodes = new ArrayList<>();
        closing.add(Thread.startVirtualThread(() -> close(ending, last)));
    }

    private static void close(List<RedisBroker> nodes, List<AutoCloseable> servers) {
        try (ExecutorService together = Executors.newVirtualThreadPerTaskExecutor()) {
            nodes.forEach(node -> together.execute(node::close));
        }
        servers.forEach(Started::close);
    }

    private static void close(AutoCloseable server) {
        try {
            server.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void afterAll(ExtensionContext context) throws InterruptedException {
        for (Thread each : closing) {
            each.join();
        }
        closing.clear();
        shared.forEach(Started::close);
        shared.clear(); // a class that inherits this has servers of its own
    }
}
