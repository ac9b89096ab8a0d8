package dev.parley.fault;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.parley.wire.client.Doc;
import dev.parley.wire.client.Wire;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a server holds, seen from outside: its health over HTTP, and its process through {@code /proc} and the JDK's {@code jcmd}.
 * Any thread may use it.
 */
final class Vitals {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final ParleyProcess server;
    private final Wire wire;

    /** Threads of the JVM that run Java: the platform's, and the virtual ones that exist at this moment. */
    record Threads(long platform, long virtual) {}

    /** Open sessions, as the server counts them. */
    record Sessions(long sockets, long streams) {}

    Vitals(ParleyProcess server, Wire wire) {
        this.server = server;
        this.wire = wire;
    }

    Sessions sessions() {
        var request = wire.request("health/ready").GET().build();
        Doc health = Eventually.result("health", PATIENCE, wire.later(request))
                .expect(200)
                .doc();
        Doc sessions = (Doc) health.value("sessions");
        return new Sessions(sessions.number("websocket"), sessions.number("sse"));
    }

    /** Open file descriptors, each connection being one; without the jars, which class loaders open and close as they like. */
    long files() {
        try (Stream<Path> files = Files.list(Path.of("/proc", String.valueOf(server.pid()), "fd"))) {
            return files.filter(file -> !target(file).endsWith(".jar")).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException e) {
            return "closed just now, which the next look will see";
        }
    }

    Threads threads() {
        try {
            Path dump = Files.createTempFile("parley-threads", ".txt");
            try {
                jcmd("Thread.dump_to_file", "-overwrite", dump.toString());
                List<String> threads = Files.readAllLines(dump).stream()
                        .filter(line -> line.startsWith("#"))
                        .toList();
                long virtual = threads.stream()
                        .filter(line -> line.substring(line.lastIndexOf('"')).contains("virtual"))
                        .count();
                return new Threads(threads.size() - virtual, virtual);
            } finally {
                Files.deleteIfExists(dump);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Bytes of the objects that are alive, whatever the collector: {@code jcmd} collects before it counts them. */
    long heap() {
        List<String> lines = jcmd("GC.class_histogram");
        String total = lines.getLast();
        if (!total.startsWith("Total")) {
            throw new AssertionError("no histogram: " + lines);
        }
        return Long.parseLong(total.split("\\s+", -1)[2]);
    }

    @Override
    public String toString() {
        return sessions() + ", " + threads() + ", " + files() + " files, " + heap() + " bytes of heap";
    }

    private List<String> jcmd(String command, String... arguments) {
        try {
            var all = Stream.concat(
                    Stream.of(ParleyCommand.tool("jcmd"), String.valueOf(server.pid()), command), Stream.of(arguments));
            Process jcmd =
                    new ProcessBuilder(all.toList()).redirectErrorStream(true).start();
            List<String> lines = jcmd.inputReader().lines().toList();
            if (!jcmd.waitFor(PATIENCE.toSeconds(), SECONDS) || jcmd.exitValue() != 0) {
                jcmd.destroyForcibly();
                throw new AssertionError(command + " failed: " + lines);
            }
            return lines;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
