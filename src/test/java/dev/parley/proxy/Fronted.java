package dev.parley.proxy;

import dev.parley.fault.ParleyProcess;
import dev.parley.fault.RedisServer;
import dev.parley.wire.client.Wire;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.stream.Stream;

/**
 * {@code java -jar parley.war} behind a proxy with the files of {@code config/}, for the wire suite. Its settings come by the
 * environment of the test.
 */
public final class Fronted implements Closeable {
    /** As shipped: the suite's polls wait longer than other tests would. */
    private static final Duration READ = Duration.ofSeconds(75);

    private static final String TWO_NODES = "two-nodes";

    private final Path folder;
    private final Deque<Runnable> ends = new ArrayDeque<>(); // what is to be closed, the last that was started first
    private final Wire wire;

    private Fronted(String front) throws IOException {
        folder = Files.createTempDirectory("parley-front-");
        try {
            wire = front.equals(TWO_NODES) ? twoNodes() : behind(Front.of(front));
        } catch (AssertionError | RuntimeException e) {
            close();
            throw e;
        }
    }

    /**
     * @param front {@code nginx}, {@code nginx-tls}, {@code haproxy} or {@code haproxy-tls}; or {@code two-nodes}, which share a
     *     Redis, behind a HAProxy that sends each request to either of them, by lot
     */
    public static Fronted start(String front) throws IOException {
        return new Fronted(front);
    }

    public Wire wire() {
        return wire;
    }

    @Override
    public void close() throws IOException {
        ends.forEach(Runnable::run);
        ends.clear();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private Wire behind(Front front) {
        ParleyProcess parley = ParleyProcess.start();
        ends.push(parley::close);
        Front.Running running = front.start(folder, READ, parley.port());
        ends.push(running::close);
        return running.wire();
    }

    private Wire twoNodes() {
        RedisServer redis = RedisServer.start();
        ends.push(redis::close);
        Haproxy proxy = Haproxy.byLot(folder, READ, node(1, redis), node(2, redis));
        ends.push(proxy::close);
        var made = new Wire(proxy.base());
        ends.push(made::close);
        return made;
    }

    private int node(int number, RedisServer redis) {
        ParleyProcess parley = ParleyProcess.start("-Dparley.redis=" + redis.uri(), "-Dparley.node=node-" + number);
        ends.push(parley::close);
        return parley.port();
    }
}
