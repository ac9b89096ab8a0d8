package dev.parley.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parley.wire.client.Wire;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Nodes that keep their ports when they are started again, as behind a proxy they must. */
final class Nodes implements AutoCloseable {
    private static final String NAME = "node-";
    private static final int BY_SIGTERM = 143;

    private final List<String> options;
    private final List<Integer> ports = new ArrayList<>();
    private final List<ParleyProcess> running = new ArrayList<>();

    private Nodes(List<String> options) {
        this.options = options;
    }

    /** @param options of each of them */
    static Nodes start(List<String> options, int... ports) {
        var nodes = new Nodes(options);
        for (int port : ports) {
            nodes.ports.add(port);
            nodes.running.add(nodes.start(port));
        }
        return nodes;
    }

    /** What one calls itself in every answer. */
    private String name(int which) {
        return NAME + ports.get(which);
    }

    /** Stops one as an operator does, waits until it has sent everybody away, and starts it again. */
    void restart(int which) {
        assertEquals(BY_SIGTERM, running.get(which).stop());
        startAgain(which);
    }

    /** Starts one that has ended, and returns when it is ready. */
    void startAgain(int which) {
        running.get(which).close();
        running.set(which, start(ports.get(which)));
    }

    /** Waits until a proxy sends whoever comes new to this one. */
    void awaitNewcomers(int which, Wire proxy, Duration atMost) {
        Eventually.holds(
                () -> "newcomers at " + name(which),
                atMost,
                () -> Eventually.result("health", atMost, proxy.getLater("health/live"))
                        .header("parley-node")
                        .equals(name(which)));
    }

    /** Ends one without a chance to do anything. */
    void kill(int which) {
        running.get(which).kill();
    }

    private ParleyProcess start(int port) {
        var all = new ArrayList<>(options);
        all.add(ParleyProcess.FULL_SPEED);
        all.add("-Dparley.port=" + port);
        all.add("-Dparley.node=" + NAME + port);
        return ParleyProcess.start(all.toArray(String[]::new));
    }

    @Override
    public void close() {
        running.forEach(ParleyProcess::close);
    }
}
