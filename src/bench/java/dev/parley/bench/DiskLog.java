package dev.parley.bench;

import dev.parley.core.Metrics;
import dev.parley.core.Namespace;
import dev.parley.embedded.StandaloneBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.stream.Stream;

/** A folder for a log, deleted with all that is in it in the end. */
final class DiskLog implements AutoCloseable {
    private final Path folder;

    DiskLog() throws IOException {
        folder = Files.createTempDirectory("parley-bench-");
    }

    /** @param channels how many it may have */
    StandaloneBroker open(Namespace rules, int channels) {
        return StandaloneBroker.open(folder, name -> rules, channels, Clock.systemUTC(), Metrics.NONE);
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
