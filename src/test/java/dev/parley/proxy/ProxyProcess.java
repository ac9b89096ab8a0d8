package dev.parley.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;

/** A proxy's program in the foreground, listening on the loopback, which ends with the test at the latest. */
final class ProxyProcess implements AutoCloseable {
    private static final Duration DEADLINE = Duration.ofSeconds(10);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(10);

    private final Process process;
    private final List<String> said = new CopyOnWriteArrayList<>();
    private final Thread reader;

    private ProxyProcess(List<String> command) {
        process = begin(command);
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
        reader = Thread.ofVirtual().start(this::read);
    }

    /** Starts it and returns when all ports listen. */
    static ProxyProcess start(List<String> command, int... ports) {
        var started = new ProxyProcess(command);
        for (int port : ports) {
            started.awaitListening(port);
        }
        return started;
    }

    /** Runs a program to its end and gives what it said; fails if it found a fault. */
    static String run(List<String> command) {
        Process run = begin(command);
        try {
            String said = new String(run.getInputStream().readAllBytes(), UTF_8);
            if (run.waitFor() != 0) {
                throw new AssertionError(command + ":\n" + said);
            }
            return said;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** Where a Debian package has put a program, or what a system property names. */
    static String program(String property, String path) {
        String program = System.getProperty(property, path);
        if (!Files.isExecutable(Path.of(program))) {
            throw new AssertionError(
                    program + " is missing: src/test/sh/install installs it, -D" + property + "= names another");
        }
        return program;
    }

    /** What it has printed so far, both streams. */
    String said() {
        return String.join("\n", said);
    }

    /** Asks it to end at once (SIGTERM), and waits. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(DEADLINE.toMillis(), MILLISECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("it does not stop: " + said());
            }
            reader.join();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private static Process begin(List<String> command) {
        try {
            return new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read() {
        try (var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                said.add(line);
            }
        } catch (IOException e) {
            said.add(e.toString());
        }
    }

    private void awaitListening(int port) {
        long end = System.nanoTime() + DEADLINE.toNanos();
        while (!isListening(port)) {
            if (!process.isAlive() || System.nanoTime() - end > 0) {
                close();
                throw new AssertionError("it does not listen. " + said());
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
    }

    private static boolean isListening(int port) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), (int) DEADLINE.toMillis());
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
