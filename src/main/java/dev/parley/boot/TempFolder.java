package dev.parley.boot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A folder of this process, for what is unpacked. */
record TempFolder(Path path) {
    static TempFolder create() {
        try {
            return new TempFolder(Files.createTempDirectory("parley-"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Deletes what can be deleted. What cannot (a file still open, on some systems) is left to the system's own cleaning. */
    void delete() {
        if (!Files.exists(path)) {
            return;
        }
        try (Stream<Path> files = Files.walk(path)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException e) {
            System.getLogger(TempFolder.class.getName())
                    .log(System.Logger.Level.WARNING, "cannot delete {0}: {1}", path, e.getMessage());
        }
    }
}
