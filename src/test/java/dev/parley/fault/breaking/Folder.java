package dev.parley.fault.breaking;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A folder of a run's own, gone with it. */
record Folder(Path path) implements AutoCloseable {
    static Folder create() {
        try {
            return new Folder(Files.createTempDirectory("parley-breaking-"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Only once no process uses it. */
    @Override
    public void close() {
        try (Stream<Path> files = Files.walk(path)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
