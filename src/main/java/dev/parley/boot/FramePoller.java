package dev.parley.boot;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.apache.tomcat.util.net.NioEndpoint;
import org.apache.tomcat.util.net.NioEndpoint.NioSocketWrapper;
import org.apache.tomcat.util.net.SocketEvent;
import org.jspecify.annotations.Nullable;

/**
 * Waits for what the clients of WebSockets send. Tomcat's own poller is a platform thread, which every message wakes twice: when it
 * comes, and when its socket is to be watched again. Here the virtual threads that read the messages also look for the next ones, and
 * a platform thread, the watcher, waits for some only when there are none and nobody else has anything to do.
 *
 * <p>A thread goes from socket to socket. Before each it sees to it that another one stands ready, which gets to run when the first
 * blocks and goes on with those that are left. So whoever has to wait for the log, or for a slow client, holds up nobody.
 *
 * <p>What virtual threads start comes before all that platform threads give to the same scheduler: new connections, requests, locks
 * that have become free. So now and then the watcher takes a turn also while there is always something; else all of that would wait
 * for as long as frames keep coming, for ever where there is one processor.
 *
 * <p>All else that a socket waits for is left to Tomcat's poller.
 */
final class FramePoller extends NioEndpoint.Poller {
    private static final Logger LOG = System.getLogger(FramePoller.class.getName());

    /** Also how soon the system hears that a connection has been closed from this side, while nothing comes. */
    private static final long LONGEST_WATCH_MILLIS = 1000;

    /** So long the virtual threads look themselves before the watcher takes a turn, in nanoseconds. */
    private static final long LONGEST_RUN = 1_000_000;

    private final NioEndpoint endpoint;
    private final NioEndpoint.Poller others;
    private final Selector selector = super.getSelector();
    private final Queue<NioSocketWrapper> ready = new ConcurrentLinkedQueue<>();
    private final ThreadFactory threads = Thread.ofVirtual()
            .name("parley-frames")
            .inheritInheritableThreadLocals(false)
            .factory();
    private final AtomicBoolean called = new AtomicBoolean(); // a thread is on its way and will look after the sockets
    private final AtomicBoolean looking = new AtomicBoolean(true); // somebody has the selector: at first the watcher
    private final AtomicBoolean asleep = new AtomicBoolean(); // the watcher, so that it has to be woken
    private final Thread watcher;
    private volatile boolean watching = true; // it has the selector
    private long since; // when the watcher gave the selector away, by System.nanoTime; read by whoever has it
    private int found; // in the selection under way; of whoever has the selector
    private volatile boolean closed;

    /** @param others has all that is not for this one */
    FramePoller(NioEndpoint endpoint, NioEndpoint.Poller others) throws IOException {
        endpoint.super();
        this.endpoint = endpoint;
        this.others = others;
        this.watcher = Thread.ofPlatform().name("parley-watcher").daemon().start(this::watch);
    }

    /** Of which Tomcat asks for the keys of its sockets. */
    @Override
    public Selector getSelector() {
        return others.getSelector();
    }

    @Override
    public void register(NioSocketWrapper socket) {
        others.register(socket);
    }

    /**
     * Has a socket looked after that is ready to be read, now and from now on. Any thread.
     *
     * @return false if it is closed, or this is
     */
    boolean takeOver(NioSocketWrapper socket) {
        SocketChannel channel = socket.getSocket().getIOChannel();
        if (channel == null || closed) {
            return false;
        }
        try {
            channel.register(selector, 0, socket);
        } catch (ClosedChannelException | ClosedSelectorException | CancelledKeyException e) {
            return false;
        }
        ready.add(socket);
        call();
        return true;
    }

    /** A socket waits for something again. Any thread. */
    @Override
    public void add(NioSocketWrapper socket, int interest) {
        SelectionKey key = interest == SelectionKey.OP_READ && !closed ? key(socket) : null;
        if (key == null) {
            others.add(socket, interest);
            return;
        }
        try {
            key.interestOps(SelectionKey.OP_READ);
        } catch (CancelledKeyException e) {
            socket.close();
        }
        if (asleep.get() && asleep.compareAndSet(true, false)) {
            selector.wakeup();
        }
    }

    private @Nullable SelectionKey key(NioSocketWrapper socket) {
        SocketChannel channel = socket.getSocket().getIOChannel();
        return channel == null ? null : channel.keyFor(selector);
    }

    private void call() {
        if (!called.get() && called.compareAndSet(false, true)) {
            threads.newThread(this::work).start();
        }
    }

    private void work() {
        called.set(false);
        if (ready.isEmpty()) {
            look();
        }
        for (NioSocketWrapper next = ready.poll(); next != null; next = ready.poll()) {
            call();
            if (!endpoint.processSocket(next, SocketEvent.OPEN_READ, false)) {
                next.close();
            }
        }
    }

    /** Unless somebody does. Leaves it to the watcher if nothing has come, also after all others that want to run have run. */
    private void look() {
        if (!looking.compareAndSet(false, true)) {
            return;
        }
        if (System.nanoTime() - since < LONGEST_RUN && (select(false) > 0 || selectLater() > 0)) {
            giveBack();
        } else {
            watching = true;
            LockSupport.unpark(watcher);
        }
    }

    private int selectLater() {
        Thread.yield();
        return select(false);
    }

    /** The selector. Whoever came for it meanwhile has gone again, and what was found may be in other hands: somebody has to come. */
    private void giveBack() {
        looking.set(false);
        call();
    }

    private void watch() {
        while (!closed) {
            if (!watching) {
                LockSupport.park(this);
                continue;
            }
            asleep.set(true);
            int ready = select(true);
            asleep.set(false);
            if (ready > 0) {
                watching = false;
                since = System.nanoTime();
                giveBack();
            }
        }
    }

    /** @return how many sockets there are to be read now; not those that are being closed, which the selector counts too */
    private int select(boolean patiently) {
        found = 0;
        try {
            if (patiently) {
                selector.select(this::take, LONGEST_WATCH_MILLIS);
            } else {
                selector.selectNow(this::take);
            }
        } catch (IOException e) {
            LOG.log(Level.ERROR, "looking for what clients have sent", e);
        } catch (ClosedSelectorException e) {
            LOG.log(Level.DEBUG, "nothing comes any more", e);
        }
        return found;
    }

    private void take(SelectionKey key) {
        try {
            key.interestOps(0); // costs no system call, unless it is still so when somebody looks again
            ready.add((NioSocketWrapper) key.attachment());
            found++;
        } catch (CancelledKeyException e) {
            LOG.log(Level.DEBUG, "a socket was closed just now", e);
        }
    }

    /** Sockets are left to Tomcat's poller again, which closes them. */
    void close() {
        closed = true;
        LockSupport.unpark(watcher);
        try {
            selector.close();
        } catch (IOException e) {
            LOG.log(Level.WARNING, "closing a selector", e);
        }
    }
}
