package dev.parley.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * The files of {@code config/nginx} as they are, with the few places changed that a machine has only one of: ports, the pid file,
 * logs. A place that is not found where it is expected fails the test, so that it can never run with other files than it says.
 */
final class NginxFiles {
    private static final Path SHIPPED = Path.of(System.getProperty("basedir", ""), "config", "nginx");

    /**
     * Stands around the shipped files, as an operator's own settings do. Folders for nginx to write to, as Debian's belong to
     * root; and settings that would do harm to streams if the files did not see to it: compression of everything, and a deaf ear
     * for what Parley says about buffering.
     */
    private static final String SURROUNDINGS = Stream.of("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
                    .map(kind -> kind + "_temp_path temp-" + kind + ";\n")
                    .reduce("", String::concat)
            + """
            gzip on;
            gzip_types *;
            gzip_min_length 1;
            gzip_proxied any;
            proxy_ignore_headers X-Accel-Buffering;
            """;

    private NginxFiles() {}

    /** Writes the complete example into the folder, and gives its main file. */
    static Path write(Path folder, int port, int upstreamPort) {
        try (Stream<Path> files = Files.walk(SHIPPED)) {
            Files.createDirectories(folder.resolve("logs"));
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = folder.resolve(SHIPPED.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
            Files.writeString(folder.resolve("test.conf"), SURROUNDINGS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Path main = folder.resolve("nginx.conf");
        replace(main, "listen 80;", "listen 127.0.0.1:" + port + ";");
        replace(main, "http {", "http {\n    include test.conf;");
        replace(main, "user www-data;", "user " + System.getProperty("user.name") + ";"); // whose the folder is
        replace(main, "pid /run/", "pid " + folder + "/");
        replace(main, "error_log /var/log/nginx/", "error_log " + folder + "/logs/");
        replace(main, "access_log /var/log/nginx/", "access_log " + folder + "/logs/");
        replace(
                folder.resolve("parley/upstream.conf"),
                "server 127.0.0.1:8080;",
                "server 127.0.0.1:" + upstreamPort + ";");
        return main;
    }

    /** Puts a file with a shorter time in the place of {@code timeouts.conf}. */
    static void overrideTimeouts(Path folder, Duration read) {
        try {
            Files.writeString(
                    folder.resolve("parley/timeouts.conf"), "proxy_read_timeout " + read.toMillis() + "ms;\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void replace(Path file, String expected, String instead) {
        try {
            String text = Files.readString(file);
            assertEquals(
                    List.of(1L),
                    List.of(text.lines()
                            .filter(line -> line.strip().startsWith(expected))
                            .count()),
                    "lines with `" + expected + "` in " + file);
            Files.writeString(file, text.replace(expected, instead));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
