package dev.parley.fault.breaking;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** One connection through a {@link Relay}: a virtual thread for each way, which waits as the relay's weather asks it to. */
final class RelayedConnection {
    private static final int ROOM = 16 << 10;

    private final Relay relay;
    private final Socket client;
    private final Socket server;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean orphan; // this and the next two guarded by lock
    private boolean cut;
    private int open = 2; // ways

    RelayedConnection(Relay relay, Socket client, Socket server) throws IOException {
        this.relay = relay;
        this.client = client;
        this.server = server;
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
    }

    void start() {
        Thread.ofVirtual().start(() -> pass(client, server));
        Thread.ofVirtual().start(() -> pass(server, client));
    }

    /** Resets both ends. */
    void cut() {
        change(() -> cut = true);
        reset(client);
        reset(server);
        relay.ended(this);
    }

    /** Resets the client's end; the server's hangs. */
    void orphan() {
        change(() -> orphan = true);
        reset(client);
    }

    boolean isOrphan() {
        lock.lock();
        try {
            return orphan;
        } finally {
            lock.unlock();
        }
    }

    void weatherChanged() {
        change(() -> {});
    }

    /** Closes a socket so that the other end learns of it as of a crash. */
    static void reset(Socket socket) {
        try (socket) {
            socket.setSoLinger(true, 0);
        } catch (IOException e) {
            // the other end was faster
        }
    }

    private void pass(Socket from, Socket to) {
        byte[] room = new byte[ROOM];
        try {
            for (int count = from.getInputStream().read(room);
                    count >= 0;
                    count = from.getInputStream().read(room)) {
                if (!awaitPassage(room, count)) {
                    return;
                }
                to.getOutputStream().write(room, 0, count);
            }
            to.shutdownOutput();
            endedOneWay();
        } catch (IOException e) {
            if (!isOrphan()) {
                cut();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits as long as the weather asks of this piece; false if nothing is to pass any more. */
    private boolean awaitPassage(byte[] room, int count) throws InterruptedException {
        lock.lock();
        try {
            long arrived = System.nanoTime();
            while (!cut && !orphan) {
                switch (relay.weather()) {
                    case Relay.Weather.Fair fair -> {
                        return true;
                    }
                    case Relay.Weather.Still still -> changed.await();
                    case Relay.Weather.Holding(String word) -> {
                        if (!new String(room, 0, count, ISO_8859_1).contains(word)) {
                            return true;
                        }
                        changed.await();
                    }
                    case Relay.Weather.Slow(Duration by) -> {
                        long left = arrived + by.toNanos() - System.nanoTime();
                        if (left <= 0) {
                            return true;
                        }
                        changed.await(left, TimeUnit.NANOSECONDS);
                    }
                }
            }
            return false;
        } finally {
            lock.unlock();
        }
    }

    private void endedOneWay() {
        boolean last;
        lock.lock();
        try {
            open--;
            last = open == 0;
        } finally {
            lock.unlock();
        }
        if (last) {
            cut();
        }
    }

    private void change(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
