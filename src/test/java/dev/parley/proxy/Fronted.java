package dev.parley.proxy;

import dev.parley.fault.ParleyProcess;
import dev.parley.wire.client.Wire;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * {@code java -jar parley.war} behind a proxy with the files of {@code config/}, for the wire suite. Its settings come by the
 * environment of the test.
 */
public final class Fronted implements Closeable {
    /** As shipped: the suite's polls wait longer than other tests would. */
    private static final Duration READ = Duration.ofSeconds(75);

    private final Path folder;
    private final ParleyProcess parley;
    private final Front.Running front;

    private Fronted(Front kind) throws IOException {
        folder = Files.createTempDirectory("parley-front-");
        parley = ParleyProcess.start();
        try {
            front = kind.start(folder, READ, parley.port());
        } catch (AssertionError | RuntimeException e) {
            parley.close();
            throw e;
        }
    }

    /** @param front {@code nginx}, {@code nginx-tls}, {@code haproxy} or {@code haproxy-tls} */
    public static Fronted start(String front) throws IOException {
        return new Fronted(Front.of(front));
    }

    public Wire wire() {
        return front.wire();
    }

    @Override
    public void close() throws IOException {
        front.close();
        parley.close();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
