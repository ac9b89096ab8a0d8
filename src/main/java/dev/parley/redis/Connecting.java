package dev.parley.redis;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Makes connections that are ready: Redis has answered on them, and whoever listens to announcements hears them. */
final class Connecting {
    private final Client client;
    private final Heartbeat heartbeat;
    private final Duration timeout;
    private final ScheduledExecutorService loop;

    Connecting(Client client, Heartbeat heartbeat, Duration timeout, ScheduledExecutorService loop) {
        this.client = client;
        this.heartbeat = heartbeat;
        this.timeout = timeout;
        this.loop = loop;
    }

    /**
     * Begins to connect. What fails leaves nothing open.
     *
     * @param lost called by the loop, once or more often, when a connection is no longer good; perhaps before it is ready
     */
    CompletableFuture<Connection> connect(List<Link.Owner> owners, Consumer<Connection> lost) {
        var made = new CompletableFuture<
                Connection>(); // fails when it takes too long, also if there is a connection in the end
        CompletableFuture<Connection> connecting = client.connect(() -> {
            var unused = made.thenAcceptAsync(lost, loop);
        });
        var unusedSettling = connecting.whenComplete((it, failure) -> Link.settle(made, it, failure));
        return limited(made)
                .thenCompose(connection -> prepare(connection, owners).thenApply(done -> connection))
                .whenComplete((it, failure) -> {
                    if (failure != null) {
                        var unusedClosing = connecting.thenAccept(Connecting::close);
                    }
                });
    }

    private CompletableFuture<?> prepare(Connection connection, List<Link.Owner> owners) {
        CompletionStage<?> ready = heartbeat
                .first(connection)
                .thenCompose(it -> CompletableFuture.allOf(owners.stream()
                        .map(owner -> owner.connected(connection).toCompletableFuture())
                        .toArray(CompletableFuture[]::new)));
        return limited(ready.toCompletableFuture());
    }

    /**
     * Fails what takes too long. Not by {@code orTimeout}: the JDK's thread for that would keep the class loader of the application
     * that needed it first, for ever.
     */
    private <T> CompletableFuture<T> limited(CompletableFuture<T> future) {
        var end = loop.schedule(
                () -> future.completeExceptionally(new TimeoutException()),
                2 * timeout.toMillis(),
                TimeUnit.MILLISECONDS);
        return future.whenComplete((it, failure) -> end.cancel(false));
    }

    private static void close(Connection connection) {
        var unused = connection.close();
    }
}
