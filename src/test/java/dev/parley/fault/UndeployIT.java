package dev.parley.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.annotation.Resource;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.websocket.server.WsSci;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** After an undeploy the container is as it was: Parley's clients were told, and none of its threads, timers and classes stay. */
class UndeployIT {
    private static final int DEADLINE_SECONDS = 180;

    @Test
    void undeployLeavesNothingBehind(@TempDir Path folder) throws IOException, InterruptedException {
        Path said = folder.resolve("said.txt");
        Path work = Files.createDirectory(folder.resolve("work"));
        Process tomcat = new ProcessBuilder(
                        ParleyProcess.tool("java"),
                        "-Xmx256m",
                        "-cp",
                        classPath(),
                        UndeployedMain.class.getName(),
                        System.getProperty("it.war", "target/parley.war"),
                        work.toString())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        try {
            boolean ended = tomcat.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS);
            String output = Files.readString(said);
            assertTrue(ended, output);

            assertEquals(0, tomcat.exitValue(), output);
            assertTrue(output.lines().anyMatch(UndeployedMain.CLEAN::equals), output);
            assertFalse(
                    output.contains("memory leak"),
                    output); // as Tomcat words what it finds when it stops an application
        } finally {
            tomcat.destroyForcibly();
        }
    }

    /** Tomcat and this package alone: what else the tests have would be seen by the application. */
    private static String classPath() {
        return Stream.of(UndeployedMain.class, Tomcat.class, WsSci.class, Resource.class)
                .map(type -> Path.of(URI.create(String.valueOf(
                                type.getProtectionDomain().getCodeSource().getLocation())))
                        .toString())
                .collect(Collectors.joining(File.pathSeparator));
    }
}
