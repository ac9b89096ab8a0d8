package dev.parley.fault;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Debian's Redis on a free port of the loopback, in a process of its own and a folder of its own, which a test can stop, pause,
 * kill and start again. Any thread may use it.
 */
public final class RedisServer implements AutoCloseable {
    private static final Duration DEADLINE = Duration.ofSeconds(20);

    private final Path folder;
    private final int port;
    private final List<String> words; // of the command line
    private final Thread killer = new Thread(this::kill);
    private Process process;

    private RedisServer(int port, Function<Path, List<String>> words) throws IOException {
        this.folder = Files.createTempDirectory("parley-redis");
        this.port = port;
        this.words = words.apply(folder);
        this.process = launch();
        Runtime.getRuntime().addShutdownHook(killer); // nothing outlives the tests, even when they are broken off
        awaitAnswer();
    }

    /** @param options such as {@code --appendonly yes}, word by word; without any of them nothing is kept on disk */
    public static RedisServer start(String... options) {
        int port = Ports.free();
        return start(port, folder -> {
            var words = new ArrayList<>(List.of("--port", String.valueOf(port), "--bind", "127.0.0.1"));
            words.addAll(List.of("--dir", folder.toString(), "--save", "", "--daemonize", "no"));
            words.addAll(List.of(options));
            return words;
        });
    }

    /** A sentinel that watches this server, which it calls {@code main}, and goes over to a replica after a second of silence. */
    public static RedisServer sentinel(RedisServer master) {
        int port = Ports.free();
        RedisServer sentinel = start(port, folder -> {
            Path settings = folder.resolve("sentinel.conf");
            try {
                Files.writeString(settings, """
                    port %d
                    bind 127.0.0.1
                    dir %s
                    sentinel monitor main 127.0.0.1 %d 1
                    sentinel down-after-milliseconds main 1000
                    sentinel failover-timeout main 3000
                    """.formatted(port, folder, master.port()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return List.of(settings.toString(), "--sentinel");
        });
        // How often it asks, and for how long a master that has come back may go on as one: else 10 s and 8 s.
        sentinel.say("SENTINEL", "DEBUG", "info-period", "500", "publish-period", "250");
        return sentinel;
    }

    private static RedisServer start(int port, Function<Path, List<String>> words) {
        try {
            return new RedisServer(port, words);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return port;
    }

    public long pid() {
        return process.pid();
    }

    public String uri() {
        return "redis://127.0.0.1:" + port;
    }

    /** Says something to it on a connection of its own, and gives what it answers, as {@code redis-cli} prints it. */
    public String say(String... command) {
        var words = new ArrayList<>(List.of("redis-cli", "-h", "127.0.0.1", "-p", String.valueOf(port)));
        words.addAll(List.of(command));
        try {
            Process cli = new ProcessBuilder(words).redirectErrorStream(true).start();
            String answer = new String(cli.getInputStream().readAllBytes(), UTF_8);
            cli.waitFor();
            return answer.strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** It stands still where it is, with all its connections (SIGSTOP). */
    public void pause() {
        signal("STOP");
    }

    public void resume() {
        signal("CONT");
    }

    /** Ends it without a chance to do anything (SIGKILL). */
    public void kill() {
        process.destroyForcibly();
        awaitExit();
    }

    /** Starts it again on the same port with the same folder; returns when it answers. */
    public void restart() {
        try {
            process = launch();
            awaitAnswer();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        kill();
        try {
            Runtime.getRuntime().removeShutdownHook(killer);
        } catch (IllegalStateException e) {
            // the shutdown has begun, and the hook with it
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Process launch() throws IOException {
        var command = new ArrayList<>(List.of("redis-server"));
        command.addAll(words);
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("redis.log").toFile())
                .start();
    }

    private void awaitAnswer() {
        Eventually.holds(() -> "no Redis at " + uri() + ": " + log(), DEADLINE, this::isListening);
        Eventually.holds(
                () -> "Redis is loading: " + log(), DEADLINE, () -> say("PING").equals("PONG"));
    }

    private boolean isListening() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private String log() {
        try {
            return Files.readString(folder.resolve("redis.log"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    private void signal(String name) {
        try {
            new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private void awaitExit() {
        try {
            if (!process.waitFor(DEADLINE.toSeconds(), SECONDS)) {
                throw new AssertionError("Redis does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
