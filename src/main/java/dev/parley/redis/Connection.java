package dev.parley.redis;

import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One life of the way to Redis: a connection for requests and one for announcements. When either breaks, both are given up, and
 * whatever was under way on them has failed: nothing is ever sent twice.
 */
final class Connection {
    private final StatefulConnection<String, byte[]> requests;
    private final RedisClusterAsyncCommands<String, byte[]> commands;
    private final StatefulRedisPubSubConnection<String, byte[]> announcements;
    private final boolean sharded;
    private final AtomicBoolean closed = new AtomicBoolean();

    /** @param sharded whether announcements stay within a shard of a cluster */
    Connection(
            StatefulConnection<String, byte[]> requests,
            RedisClusterAsyncCommands<String, byte[]> commands,
            StatefulRedisPubSubConnection<String, byte[]> announcements,
            boolean sharded) {
        this.requests = requests;
        this.commands = commands;
        this.announcements = announcements;
        this.sharded = sharded;
    }

    RedisClusterAsyncCommands<String, byte[]> commands() {
        return commands;
    }

    StatefulRedisPubSubConnection<String, byte[]> announcements() {
        return announcements;
    }

    /** Done when announcements on all of these Pub/Sub channels arrive. */
    CompletableFuture<?> subscribe(String... channels) {
        if (!sharded) {
            return announcements.async().subscribe(channels).toCompletableFuture();
        }
        return CompletableFuture.allOf(Arrays.stream(channels) // each may be in a shard of its own
                .map(channel -> announcements.async().ssubscribe(channel).toCompletableFuture())
                .toArray(CompletableFuture[]::new));
    }

    CompletableFuture<?> unsubscribe(String channel) {
        var answer = sharded
                ? announcements.async().sunsubscribe(channel)
                : announcements.async().unsubscribe(channel);
        return answer.toCompletableFuture();
    }

    /** Says something on a Pub/Sub channel, to whoever has subscribed to it by {@link #subscribe}. */
    CompletionStage<Long> publish(String channel, byte[] message) {
        return sharded ? commands.spublish(channel, message) : commands.publish(channel, message);
    }

    boolean isOpen() {
        return !closed.get() && requests.isOpen() && announcements.isOpen();
    }

    CompletableFuture<Void> close() {
        return closed.compareAndSet(false, true)
                ? CompletableFuture.allOf(close(requests), close(announcements))
                : CompletableFuture.completedFuture(null);
    }

    private static CompletableFuture<Void> close(StatefulConnection<String, byte[]> connection) {
        return connection.isOpen() ? connection.closeAsync() : CompletableFuture.completedFuture(null);
    }
}
