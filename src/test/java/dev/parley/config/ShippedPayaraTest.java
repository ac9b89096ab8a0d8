package dev.parley.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The files of {@code config/payara} say the same of the server and of Micro. */
class ShippedPayaraTest {
    private static final Path FOLDER = Path.of(System.getProperty("basedir", ""), "config", "payara");

    @Test
    void microHasTheValuesOfTheServer() throws IOException {
        List<String> server = sets("setup.asadmin").stream()
                .map(line -> line.replace("http-listener-1", "http-listener"))
                .toList();

        assertTrue(server.size() > 5, server::toString);
        assertEquals(server, sets("micro.asadmin"));
    }

    private static List<String> sets(String file) throws IOException {
        return Files.readAllLines(FOLDER.resolve(file)).stream()
                .filter(line -> line.startsWith("set "))
                .toList();
    }
}
