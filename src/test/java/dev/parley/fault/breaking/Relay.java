package dev.parley.fault.breaking;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/**
 * A TCP relay on the loopback that can go wrong: it cuts its connections, holds back what they carry, delays it, or loses one side
 * of them. Its own port stays the same wherever it leads to. Any thread may use it.
 */
public final class Relay implements AutoCloseable {
    /** What happens to what comes, on all connections. */
    public sealed interface Weather {
        /** Passed on at once. */
        record Fair() implements Weather {}

        /** Each piece is held back so long. */
        record Slow(Duration by) implements Weather {}

        /** Nothing passes, and the connections stand. */
        record Still() implements Weather {}

        /** What holds this word is held back, with all that comes after it on the same way; the rest passes. */
        record Holding(String word) implements Weather {}
    }

    private static final int BACKLOG = 1024;
    private static final int NOWHERE = 0;
    private static final Weather FAIR = new Weather.Fair();

    private final ServerSocket listener;
    private final Set<RelayedConnection> connections = ConcurrentHashMap.newKeySet();
    private volatile int target = NOWHERE;
    private volatile Weather weather = FAIR;

    public Relay() {
        try {
            listener = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().name("relay").start(this::accept);
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** Where new connections lead from now on: a port of the loopback. */
    public void leadTo(int port) {
        target = port;
    }

    /** New connections are reset from now on. */
    void leadNowhere() {
        target = NOWHERE;
    }

    /** Resets each connection with this probability, at both ends. */
    void cut(RandomGenerator random, double probability) {
        for (RelayedConnection connection : connections) {
            if (random.nextDouble() < probability) {
                connection.cut();
            }
        }
    }

    /**
     * Resets the clients' ends of all connections and leaves the servers' open: these neither send nor take anything until they
     * are dropped by {@link #dropOrphans} or by the server.
     */
    void orphan() {
        connections.forEach(RelayedConnection::orphan);
    }

    void dropOrphans() {
        connections.stream().filter(RelayedConnection::isOrphan).forEach(RelayedConnection::cut);
    }

    /** From now on, for connections that stand and for new ones. */
    public void become(Weather next) {
        weather = next;
        connections.forEach(RelayedConnection::weatherChanged);
    }

    public void clearUp() {
        become(FAIR);
    }

    int connections() {
        return connections.size();
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            // closed enough
        }
        connections.forEach(RelayedConnection::cut);
    }

    Weather weather() {
        return weather;
    }

    void ended(RelayedConnection connection) {
        connections.remove(connection);
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                Thread.ofVirtual().start(() -> connect(client));
            } catch (IOException e) {
                // closed, or a client that is gone already
            }
        }
    }

    private void connect(Socket client) {
        try {
            int port = target;
            if (port == NOWHERE) {
                RelayedConnection.reset(client);
                return;
            }
            var server = new Socket(InetAddress.getLoopbackAddress(), port);
            var connection = new RelayedConnection(this, client, server);
            connections.add(connection);
            connection.start();
        } catch (IOException e) {
            RelayedConnection.reset(client);
        }
    }
}
