package dev.parley.fault.scale;

import dev.parley.fault.ParleyProcess;
import dev.parley.wire.client.Wire;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A node, and the process of its clients. */
final class Site {
    private static final Pattern HEAP = Pattern.compile("jvm_memory_used_bytes\\{area=\"heap\"[^}]*} (\\S+)");
    private static final double TICKS_PER_SECOND = 100; // of /proc/PID/stat

    private final ParleyProcess node;
    private final Wire wire;
    private final double emptyHeap; // before the clients came, in bytes
    private final Process crowd;
    private final BufferedReader answers;

    private Site(ParleyProcess node, int connections) throws IOException {
        this.node = node;
        this.wire = new Wire(node.base());
        this.emptyHeap = liveHeap();
        this.crowd = new ProcessBuilder(
                        tool("java"),
                        "-Xmx400m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Crowd.class.getName(),
                        String.valueOf(node.port()),
                        String.valueOf(connections))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        this.answers = crowd.inputReader();
    }

    /** Returns when all clients read. */
    static Site start(String redis, int connections) throws IOException {
        ParleyProcess node = ParleyProcess.start(
                ParleyProcess.FULL_SPEED,
                "-Xmx1500m",
                "-Dparley.redis=" + redis,
                "-Dparley.redis.timeout=10s",
                "-Dparley.connections=19000",
                "-Dparley.heartbeat=10m"); // clients that answer no PING
        var site = new Site(node, connections);
        if (!site.answer().equals("reading")) {
            site.close();
            throw new IllegalStateException("the clients do not get in");
        }
        return site;
    }

    Wire wire() {
        return wire;
    }

    /** Says something to the clients. */
    void tell(String order) {
        new PrintStream(crowd.getOutputStream(), true, StandardCharsets.US_ASCII).println(order);
    }

    /** The next thing that the clients say. */
    String answer() {
        try {
            return Objects.requireNonNull(answers.readLine(), "the clients have ended");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the heap of the node has grown by, in bytes. */
    double heapOfClients() {
        return liveHeap() - emptyHeap;
    }

    /** After a full collection. */
    private double liveHeap() {
        try {
            new ProcessBuilder(tool("jcmd"), String.valueOf(node.pid()), "GC.run")
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Matcher used = HEAP.matcher(wire.get("metrics").body());
        double sum = 0;
        while (used.find()) {
            sum += Double.parseDouble(used.group(1));
        }
        return sum;
    }

    /** Seconds of a core that the node has used so far. */
    double cpu() {
        return cpu(node.pid());
    }

    /** The same of any process. */
    static double cpu(long pid) {
        try {
            String[] words = Files.readString(Path.of("/proc/" + pid + "/stat"))
                    .replaceFirst(".*\\) ", "")
                    .split(" ", -1);
            return (Long.parseLong(words[11]) + Long.parseLong(words[12])) / TICKS_PER_SECOND;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A program of the JDK that this runs on; the nodes do, too. */
    private static String tool(String name) {
        return Path.of(System.getProperty("java.home"), "bin", name).toString();
    }

    void close() {
        crowd.destroyForcibly();
        wire.close();
        node.close();
    }
}
