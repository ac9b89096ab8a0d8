package dev.parley.boot;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.fault.ParleyProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A start that fails says why and what to do, in words, and nothing else. */
class StartFailureIT {
    @Test
    void aPortThatIsTaken() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();
            assertFails("-Dparley.port=" + port, "cannot listen on port " + port + " on 127.0.0.1", "-Dparley.port=");
        }
    }

    @Test
    void aDataFolderThatCannotBe(@TempDir Path folder) throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        assertFails("-Dparley.data=" + file, "cannot use the data folder " + file, "parley.data names another one");
    }

    private static void assertFails(String option, String why, String whatToDo) {
        AssertionError failure = assertThrows(
                AssertionError.class, () -> ParleyProcess.start(option).close());
        String said = String.valueOf(failure.getMessage());
        assertTrue(said.contains("Parley did not start: " + why), said);
        assertTrue(said.contains(whatToDo), said);
        assertFalse(said.contains(" is up: "), said);
        assertFalse(said.contains("\tat "), said);
    }
}
