package dev.parley.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A copy of the files that are shipped for a proxy, in which a test changes the few places that a machine has only one of. A place
 * that is not found where it is expected fails the test, so that it can never run with other files than it says.
 *
 * @param folder where the copy is, which nobody else uses
 */
record Shipped(Path folder) {
    /** Copies {@code config/NAME}. */
    static Shipped copy(String name, Path folder) {
        Path shipped = Path.of(System.getProperty("basedir", ""), "config", name);
        try (Stream<Path> files = Files.walk(shipped)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = folder.resolve(shipped.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Shipped(folder);
    }

    Path file(String name) {
        return folder.resolve(name);
    }

    void write(String name, String text) {
        try {
            Files.createDirectories(file(name).getParent());
            Files.writeString(file(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Changes the one line that begins so. */
    void replace(String name, String beginning, String instead) {
        replace(name, 1, beginning, instead);
    }

    /** Changes all lines that begin so, of which there must be so many. */
    void replace(String name, int count, String beginning, String instead) {
        String text = read(file(name));
        assertEquals(
                count,
                text.lines().filter(line -> line.strip().startsWith(beginning)).count(),
                () -> "lines with `" + beginning + "` in " + name);
        write(
                name,
                text.replaceAll("(?m)^(\\s*)" + Pattern.quote(beginning), "$1" + Matcher.quoteReplacement(instead)));
    }

    /** The text of a file, or nothing where it is not there. */
    static String read(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
