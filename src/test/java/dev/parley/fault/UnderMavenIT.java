package dev.parley.fault;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code mvn -Prun} starts takes Maven's options for its own and ends with Maven, for which a shell stands here. */
class UnderMavenIT {
    private static final String ADDRESS = "Parley is at http://localhost:";

    @Test
    void takesItsOptionsAndEndsWithItEvenIfThatIsKilled(@TempDir Path folder) throws Exception {
        int port = Ports.free();
        List<String> server = ParleyCommand.standalone(List.of("-Dboot.maven=true"));
        var maven = new ArrayList<>(List.of("/bin/sh", "-c", '\'' + String.join("' '", server) + "'; :", "mvn"));
        maven.addAll(List.of("-Prun", "-Dparley.port=" + port, "-D", "parley.data=" + folder));
        maven.addAll(List.of("--define", "parley.node=berlin-1", "-Dparley.echo"));
        Process shell = new ProcessBuilder(maven).redirectErrorStream(true).start();
        List<ProcessHandle> children = List.of();
        try (BufferedReader printed = shell.inputReader(UTF_8)) {
            String said = until(printed, ADDRESS);
            children = shell.descendants().toList();
            assertTrue(said.contains(ADDRESS + port + '/'), said);
            assertTrue(said.contains("node berlin-1"), said);
            assertTrue(said.contains("parley.echo=true"), said);
            assertEquals(1, children.size());

            shell.destroyForcibly();

            children.getFirst().onExit().get(30, TimeUnit.SECONDS);
        } finally {
            shell.destroyForcibly();
            children.forEach(ProcessHandle::destroyForcibly);
        }
    }

    /** What is printed until a line begins so, with that line. */
    private static String until(BufferedReader printed, String beginning) throws IOException {
        var said = new StringBuilder();
        for (String line = printed.readLine(); line != null; line = printed.readLine()) {
            said.append(line).append('\n');
            if (line.startsWith(beginning)) {
                return said.toString();
            }
        }
        throw new AssertionError("it ended: " + said);
    }
}
