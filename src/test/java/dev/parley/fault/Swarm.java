package dev.parley.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Many clients in one thread, so that two cores are left to the server as far as possible, and so that a time that one peer notes
 * can be compared with another's. Any thread may use it.
 */
final class Swarm implements AutoCloseable {
    /**
     * So many are on their way in at one time: enough to keep the server busy, and fewer than its system's queue takes. With
     * thousands, whoever publishes meanwhile would wait behind all of them.
     */
    private static final int AT_ONCE = 500;

    private static final int ROOM = 256 << 10;
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(5);
    private static final Duration TURN = Duration.ofSeconds(30);

    private final InetSocketAddress server;
    private final Selector selector;
    private final Thread thread;
    private final byte[] room = new byte[ROOM];
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final Queue<Peer> unconnected = new ArrayDeque<>(); // the thread's own, as is the next
    private final Set<Peer> coming = new HashSet<>();
    private final PriorityQueue<Later> later = new PriorityQueue<>(Comparator.comparingLong(Later::at));
    private volatile boolean closed;

    /** What is to be done at a time by {@link System#nanoTime}. */
    private record Later(long at, Runnable task) {}

    /** @param port of a server on the loopback */
    Swarm(int port) {
        server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        try {
            selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        thread = Thread.ofPlatform().name("swarm").daemon().start(this::run);
    }

    /** Connects peers and returns when all of them read. */
    void open(Collection<Peer> peers, Duration atMost) {
        connect(peers);
        awaitReading(peers, atMost);
        if (!areReading(peers)) {
            throw new AssertionError("not within " + atMost + ": " + unlike(peers, Peer::isReading));
        }
    }

    /** Begins to connect peers. */
    void connect(Collection<Peer> peers) {
        inTurn(() -> unconnected.addAll(peers));
    }

    /** Begins to connect a peer after a while. For the swarm's own thread. */
    void connect(Supplier<Peer> peer, Duration after) {
        later.add(new Later(System.nanoTime() + after.toNanos(), () -> unconnected.add(peer.get())));
    }

    /** Waits until all peers read, but no longer than so; fails at the first that has ended. */
    void awaitReading(Collection<Peer> peers, Duration atMost) {
        long start = System.nanoTime();
        while (!areReading(peers) && System.nanoTime() - start < atMost.toNanos()) {
            isSound();
            assertAll(peers, peer -> !peer.isEnded());
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
    }

    static boolean areReading(Collection<Peer> peers) {
        return peers.stream().allMatch(Peer::isReading);
    }

    /** Lets peers read no more, though their connections stand. */
    void stall(Collection<Peer> peers) {
        inTurn(() -> peers.forEach(peer -> interest(peer, 0)));
    }

    /** Lets them go on. */
    void resume(Collection<Peer> peers) {
        inTurn(() -> peers.forEach(peer -> interest(peer, SelectionKey.OP_READ)));
    }

    /** Cuts all of them with a reset, one right after the other. */
    void cut(Collection<Peer> peers) {
        inTurn(() -> peers.forEach(Peer::cut));
    }

    /** @throws AssertionError if a peer has seen what must not be */
    boolean isSound() {
        Throwable cause = failure.get();
        if (cause != null) {
            throw new AssertionError("a client of the swarm: " + cause.getMessage(), cause);
        }
        return true;
    }

    /** Fails with some of the peers for which it does not hold. */
    static void assertAll(Collection<Peer> peers, Predicate<Peer> expected) {
        List<Peer> others = unlike(peers, expected);
        if (!others.isEmpty()) {
            throw new AssertionError(others.size() + " of " + peers.size() + " do not, such as "
                    + others.subList(0, Math.min(5, others.size())));
        }
    }

    @Override
    public void close() {
        closed = true;
        selector.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static List<Peer> unlike(Collection<Peer> peers, Predicate<Peer> expected) {
        return peers.stream().filter(peer -> !expected.test(peer)).toList();
    }

    /** Runs something on the swarm's thread and waits until it has. */
    private void inTurn(Runnable task) {
        var done = new CountDownLatch(1);
        tasks.add(() -> {
            task.run();
            done.countDown();
        });
        selector.wakeup();
        try {
            if (!done.await(TURN.toMillis(), TimeUnit.MILLISECONDS)) {
                isSound();
                throw new AssertionError("the swarm hangs");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private void interest(Peer peer, int operations) {
        SelectionKey key = peer.socket().keyFor(selector);
        if (key != null && key.isValid()) {
            key.interestOps(operations);
        }
    }

    private void run() {
        try (selector) {
            while (!closed) {
                for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
                    task.run();
                }
                long next = doWhatIsDue();
                while (coming.size() < AT_ONCE && !unconnected.isEmpty()) {
                    connect(unconnected.remove());
                }
                selector.select(this::ready, next);
            }
            for (SelectionKey key : new ArrayList<>(selector.keys())) {
                ((Peer) key.attachment()).cut();
            }
        } catch (IOException | RuntimeException | AssertionError e) {
            failure.compareAndSet(null, e);
        }
    }

    /** @return after how many milliseconds there is more to do, 0 for never */
    private long doWhatIsDue() {
        while (!later.isEmpty()) {
            long left = later.element().at() - System.nanoTime();
            if (left > 0) {
                return left / 1_000_000 + 1;
            }
            later.remove().task().run();
        }
        return 0;
    }

    private void connect(Peer peer) {
        coming.add(peer);
        try {
            if (peer.socket().connect(server)) {
                peer.connected();
            }
            peer.socket().register(selector, peer.interest(), peer);
        } catch (IOException e) {
            peer.ended("not connected: " + e.getMessage());
        }
    }

    private void ready(SelectionKey key) {
        Peer peer = (Peer) key.attachment();
        try {
            if (key.isConnectable()) {
                peer.socket().finishConnect();
                peer.connected();
                key.interestOps(SelectionKey.OP_READ);
            } else {
                peer.read(room);
            }
        } catch (ClosedChannelException e) {
            peer.ended("closed here");
        } catch (IOException | UncheckedIOException e) {
            peer.ended("reset");
        } catch (RuntimeException | AssertionError e) {
            failure.compareAndSet(null, e);
            peer.ended("failed");
        }
        if (peer.isReading() || peer.isEnded()) {
            coming.remove(peer);
        }
    }
}
