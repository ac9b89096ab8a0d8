package dev.parley.fault;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Parley as people run it: {@code java -jar parley.war} in a process of its own, which a test can stop, kill and start again.
 * {@link ParleyCommand} says which WAR and JDK. Any thread may use it.
 */
public final class ParleyProcess implements AutoCloseable {
    /** The JVM as people have it, for who judges how fast a server is or how much it takes; others get one that starts sooner. */
    public static final String FULL_SPEED = "-XX:TieredStopAtLevel=4";

    private static final Duration START_DEADLINE = Duration.ofMinutes(3);
    private static final Duration STOP_DEADLINE = Duration.ofSeconds(30);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);
    private static final Pattern ADDRESS = Pattern.compile("Parley is at http://[^:/\\s]+:(\\d+)(/\\S*)");

    private final Process process;
    private final List<String> output = Collections.synchronizedList(new ArrayList<>());
    private final CompletableFuture<URI> printed = new CompletableFuture<>();
    private final Thread killer;
    private final URI base;

    private final Path folder;

    private ParleyProcess(List<String> command, Path folder) {
        this.folder = folder;
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        killer = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(killer); // nothing outlives the tests, even when they are broken off
        Thread.ofPlatform()
                .daemon()
                .start(this::readOutput); // reading from a process holds up a virtual thread's carrier
        try {
            base = awaitAddress();
            awaitReady();
        } catch (AssertionError | RuntimeException e) {
            close();
            throw e;
        }
    }

    /**
     * Starts Parley on a free port of the loopback and returns when it is ready for connections.
     *
     * @param jvmOptions such as {@code -Dparley.heartbeat=1s} or {@code -Xmx200m}; {@code -Dparley.port=} for a port that is known;
     *     {@code -Dparley.data=} for a log that outlives this process, which else goes into a folder that is deleted with it
     */
    public static ParleyProcess start(String... jvmOptions) {
        Path data = temporary();
        var options = new ArrayList<>(List.of("-Dparley.port=0", "-Dparley.data=" + data));
        options.addAll(List.of(jvmOptions)); // of two equal properties the later one counts
        return new ParleyProcess(ParleyCommand.standalone(options), data);
    }

    /**
     * Starts Parley in a Tomcat that {@link #undeploy}s and {@link #deploy}s it. Else as {@link #start}, except that it takes no
     * {@code -Dparley.port=}. The log is where the container's own files are, unless told otherwise.
     */
    public static ParleyProcess startInTomcat(String... jvmOptions) {
        Path folder = temporary();
        return new ParleyProcess(ParleyCommand.inTomcat(folder.resolve("tomcat"), List.of(jvmOptions)), folder);
    }

    /** As {@link #startInTomcat}, in a Tomcat 10.1. */
    public static ParleyProcess startInTomcat10(String... jvmOptions) {
        Path folder = temporary();
        return new ParleyProcess(ParleyCommand.inTomcat10(folder.resolve("tomcat"), List.of(jvmOptions)), folder);
    }

    /** As {@link #startInTomcat}, in a Payara. */
    public static ParleyProcess startInPayara(String... jvmOptions) {
        Path folder = temporary();
        return new ParleyProcess(ParleyCommand.inPayara(folder.resolve("payara"), List.of(jvmOptions)), folder);
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory("parley-data-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of the application, with a slash at its end; by number, so that no name resolution decides where a client goes. */
    public URI base() {
        return base;
    }

    public int port() {
        return base.getPort();
    }

    /** What this process alone works in: the log, or the container with it. */
    Path folder() {
        return folder;
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** What it has printed so far, both streams, line by line. */
    public List<String> output() {
        synchronized (output) {
            return List.copyOf(output);
        }
    }

    /** Takes the application out of its container, which goes on; returns when it is gone. */
    public void undeploy() {
        tell("undeploy");
    }

    /** Puts it back; returns when it is ready for connections, at the same address. */
    public void deploy() {
        tell("deploy");
        awaitReady();
    }

    private void tell(String command) {
        String done = Host.DONE + command;
        long before = output().stream().filter(done::equals).count();
        try {
            process.getOutputStream().write((command + '\n').getBytes(UTF_8));
            process.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Eventually.holds(
                () -> command + ": " + String.join("\n", output()),
                START_DEADLINE,
                () -> output().stream().filter(done::equals).count() > before);
    }

    /** Asks it to stop, as an operator or the system does (SIGTERM), and waits; gives the exit status. */
    public int stop() {
        process.toHandle().destroy(); // Process.destroy would close its output too, and with it its last words
        return awaitExit();
    }

    /** Ends it without a chance to do anything (SIGKILL), and waits. */
    public void kill() {
        process.destroyForcibly();
        awaitExit();
    }

    /** Ends it if it still runs. */
    @Override
    public void close() {
        if (process.isAlive()) {
            kill();
        }
        deleteFolder();
        try {
            Runtime.getRuntime().removeShutdownHook(killer);
        } catch (IllegalStateException e) {
            // the shutdown has begun, and the hook with it
        }
    }

    private void deleteFolder() {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (NoSuchFileException e) {
            // closed before
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int awaitExit() {
        try {
            if (!process.waitFor(STOP_DEADLINE.toMillis(), MILLISECONDS)) {
                process.destroyForcibly();
                throw failure("still runs " + STOP_DEADLINE + " after it was told to stop", null);
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure("interrupted", e);
        }
    }

    private void readOutput() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                output.add(line);
                Matcher address = ADDRESS.matcher(line);
                if (address.find()) {
                    printed.complete(URI.create("http://127.0.0.1:" + address.group(1) + address.group(2)));
                }
            }
            printed.completeExceptionally(new IllegalStateException("it ended"));
        } catch (IOException e) {
            printed.completeExceptionally(e);
        }
    }

    private URI awaitAddress() {
        try {
            return printed.get(START_DEADLINE.toMillis(), MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            throw failure("did not say where it is", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure("interrupted", e);
        }
    }

    private void awaitReady() {
        var ready = HttpRequest.newBuilder(base.resolve("health/ready")).build();
        long end = System.nanoTime() + START_DEADLINE.toNanos();
        try (HttpClient client = HttpClient.newHttpClient()) {
            while (!isReady(client, ready)) {
                if (!process.isAlive() || System.nanoTime() - end > 0) {
                    throw failure("did not get ready", null);
                }
                LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
            }
        }
    }

    private static boolean isReady(HttpClient client, HttpRequest ready) {
        try {
            return client.send(ready, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false; // not listening yet
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private AssertionError failure(String what, @Nullable Throwable cause) {
        return new AssertionError("Parley " + what + ". It printed:\n" + String.join("\n", output()), cause);
    }
}
