package dev.parley.redis;

import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.lettuce.core.resource.ClientResources;
import io.netty.util.concurrent.FastThreadLocal;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** The client library, set up so that it sends nothing twice, waits for nothing, and leaves no thread behind. */
final class Client {
    private static final RedisCodec<String, byte[]> CODEC = RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE);
    private static final Duration TOPOLOGY = Duration.ofSeconds(10);
    private static final Duration GOODBYE = Duration.ofSeconds(5);
    private static final int THREADS = 2; // for input and output, and as many for the library's own timers; its minimum

    private final Address address;
    private final ClientResources resources;
    private final AbstractRedisClient client;

    Client(Address address, Duration timeout) {
        this.address = address;
        this.resources = ClientResources.builder()
                .ioThreadPoolSize(THREADS)
                .computationThreadPoolSize(THREADS)
                .build();
        List<RedisURI> servers = address.servers();
        servers.forEach(server -> server.setTimeout(timeout));
        if (address.isCluster()) {
            RedisClusterClient cluster = RedisClusterClient.create(resources, servers);
            cluster.setOptions(clusterOptions(timeout));
            client = cluster;
        } else {
            RedisClient single = RedisClient.create(resources);
            single.setOptions(options(ClientOptions.builder(), timeout)
                    .autoReconnect(false) // Link does that, and then reads what was missed
                    .build());
            client = single;
        }
        leaveNothing();
    }

    Address address() {
        return address;
    }

    /** @param lost called once or more often, by a thread that must not be held up, when the connection is no longer good */
    CompletableFuture<Connection> connect(Runnable lost) {
        if (client instanceof RedisClusterClient cluster) {
            return cluster.refreshPartitionsAsync() // who has which slots; nobody asks before the first connection
                    .toCompletableFuture()
                    .thenCompose(it -> both(
                            cluster.connectAsync(CODEC),
                            cluster.connectPubSubAsync(CODEC).thenApply(same -> same),
                            (requests, announcements) -> clustered(requests, announcements)));
        }
        RedisURI server = address.servers().getFirst();
        RedisClient single = (RedisClient) client;
        return both(
                single.connectAsync(CODEC, server).toCompletableFuture(),
                single.connectPubSubAsync(CODEC, server).toCompletableFuture(),
                (requests, announcements) -> single(requests, announcements, lost));
    }

    /** Whether connecting again may lead to another server. */
    boolean asksSentinel() {
        return !address.servers().getFirst().getSentinels().isEmpty();
    }

    /** Ends all connections and threads. Blocks until they have ended, some seconds at most. */
    void close() throws InterruptedException {
        Future<Boolean> ended;
        try {
            client.shutdownAsync(0, GOODBYE.toMillis(), TimeUnit.MILLISECONDS)
                    .get(GOODBYE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            // its threads are ended all the same, next
        } finally { // also if this thread is interrupted
            ended = resources.shutdown(0, GOODBYE.toMillis(), TimeUnit.MILLISECONDS);
            leaveNothing();
        }
        try {
            ended.await(GOODBYE.toMillis(), TimeUnit.MILLISECONDS);
            // The thread that ends the others; it ends when it has had nothing to do for a second.
            GlobalEventExecutor.INSTANCE.awaitInactivity(GOODBYE.toMillis(), TimeUnit.MILLISECONDS);
        } finally {
            leaveNothing();
        }
    }

    /** Takes from the calling thread, which is the container's and stays, what the library has left with it. */
    private static void leaveNothing() {
        FastThreadLocal.removeAll();
    }

    private static Connection single(
            StatefulRedisConnection<String, byte[]> requests,
            StatefulRedisPubSubConnection<String, byte[]> announcements,
            Runnable lost) {
        var connection = new Connection(requests, requests.async(), announcements, false);
        var listener = new RedisConnectionStateListener() {
            @Override
            public void onRedisDisconnected(RedisChannelHandler<?, ?> which) {
                lost.run();
            }
        };
        requests.addListener(listener);
        announcements.addListener(listener);
        if (!connection.isOpen()) {
            lost.run(); // before the listener was there
        }
        return connection;
    }

    /** Here the library connects again by itself, server by server; {@link Watches} hears of each new subscription. */
    private static Connection clustered(
            StatefulRedisClusterConnection<String, byte[]> requests,
            StatefulRedisPubSubConnection<String, byte[]> announcements) {
        return new Connection(requests, requests.async(), announcements, true);
    }

    private static <A extends StatefulConnection<?, ?>, B extends StatefulConnection<?, ?>>
            CompletableFuture<Connection> both(
                    CompletableFuture<A> first, CompletableFuture<B> second, BiFunction<A, B, Connection> made) {
        var unusedFirst = first.whenComplete((it, failure) -> closeIfAlone(it, second));
        var unusedSecond = second.whenComplete((it, failure) -> closeIfAlone(it, first));
        return first.thenCombine(second, made);
    }

    private static void closeIfAlone(@Nullable StatefulConnection<?, ?> connection, CompletableFuture<?> other) {
        if (connection != null) {
            other.exceptionally(failure -> {
                var unused = connection.closeAsync();
                return null;
            });
        }
    }

    private static ClusterClientOptions clusterOptions(Duration timeout) {
        ClusterClientOptions.Builder builder = ClusterClientOptions.builder();
        builder.topologyRefreshOptions(ClusterTopologyRefreshOptions.builder()
                .enablePeriodicRefresh(TOPOLOGY)
                .build());
        builder.replayFilter(command -> true); // whatever was under way when a connection broke has failed
        options(builder, timeout);
        // Connections to the servers are made when they are needed, and what waits for one is in time or fails by its
        // deadline.
        builder.disconnectedBehavior(ClientOptions.DisconnectedBehavior.DEFAULT);
        return builder.build();
    }

    private static <T extends ClientOptions.Builder> T options(T builder, Duration timeout) {
        builder.disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS);
        builder.socketOptions(
                SocketOptions.builder().connectTimeout(timeout).keepAlive(true).build());
        return builder;
    }
}
