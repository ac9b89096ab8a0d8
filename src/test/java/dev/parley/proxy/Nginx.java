package dev.parley.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Debian's nginx in the foreground, with files of its own in a folder of its own, on a free port of the loopback. */
final class Nginx implements AutoCloseable {
    private static final Path PROGRAM = Path.of(System.getProperty("it.nginx", "/usr/sbin/nginx"));
    private static final Duration DEADLINE = Duration.ofSeconds(10);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(10);

    private final Process process;
    private final Path errors;
    private final int port;

    private Nginx(Process process, Path errors, int port) {
        this.process = process;
        this.errors = errors;
        this.port = port;
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
    }

    /**
     * Starts it with the complete example of {@code config/nginx} and returns when it listens.
     *
     * @param folder that nobody else uses, for its files
     * @param upstreamPort of Parley on the loopback
     * @param readTimeout instead of the one in {@code timeouts.conf}, so that a test need not wait a minute
     */
    static Nginx start(Path folder, int upstreamPort, Duration readTimeout) {
        int port = freePort();
        Path main = NginxFiles.write(folder, port, upstreamPort);
        NginxFiles.overrideTimeouts(folder, readTimeout);
        Path errors = folder.resolve("logs/error.log");
        var nginx = new Nginx(run(folder, main, "-g", "daemon off;"), errors, port);
        nginx.awaitListening();
        return nginx;
    }

    /** What {@code nginx -t} says of a configuration; fails if it finds a fault. */
    static String check(Path folder, Path main) {
        Process check = run(folder, main, "-t");
        try {
            String said = new String(check.getInputStream().readAllBytes(), UTF_8);
            if (check.waitFor() != 0) {
                throw new AssertionError(said);
            }
            return said;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    URI base() {
        return URI.create("http://127.0.0.1:" + port + "/");
    }

    String errorLog() {
        try {
            return Files.exists(errors) ? Files.readString(errors) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A fast shutdown: SIGTERM ends master and workers. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(DEADLINE.toMillis(), MILLISECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("nginx did not stop");
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private static Process run(Path folder, Path main, String... options) {
        if (!Files.isExecutable(PROGRAM)) {
            throw new AssertionError("nginx is not at " + PROGRAM
                    + ": install it with `apt-get install nginx`, or name it with -Dit.nginx=");
        }
        var command = new ArrayList<String>();
        command.add(PROGRAM.toString());
        command.addAll(List.of("-p", folder.toString(), "-c", main.toString(), "-e", "stderr"));
        command.addAll(List.of(options));
        try {
            return new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitListening() {
        long end = System.nanoTime() + DEADLINE.toNanos();
        while (!isListening()) {
            if (!process.isAlive() || System.nanoTime() - end > 0) {
                close();
                throw new AssertionError("nginx does not listen. " + said());
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
    }

    private boolean isListening() {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), (int) DEADLINE.toMillis());
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private String said() {
        try {
            return new String(process.getInputStream().readAllBytes(), UTF_8) + errorLog();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() {
        try (var socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
