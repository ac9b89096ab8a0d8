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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.websocket.server.WsSci;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** After an undeploy the container is as it was: Parley's clients were told, and none of its threads, timers and classes stay. */
class UndeployIT {
    private static final int DEADLINE_SECONDS = 120;

    /**
     * The first two let Tomcat look into all threads and exported objects. The last lets go at once of what is only softly
     * referenced: the JDK keeps the form of {@code Objects.equals} that a record asked for last ({@code java.lang.runtime.ObjectMethods},
     * {@code MethodHandle.asTypeSoftCache}), and with it that record's class loader, until minutes have passed or memory is short.
     */
    private static final List<String> OPTIONS = List.of(
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--add-opens=java.rmi/sun.rmi.transport=ALL-UNNAMED",
            "-Xmx256m",
            "-XX:SoftRefLRUPolicyMSPerMB=0");

    @TempDir
    private Path folder;

    @Test
    void undeployLeavesNothingBehind() throws IOException, InterruptedException {
        assertClean("-Dparley.data=" + folder.resolve("data"));
    }

    @Test
    void undeployOfANodeOverRedisLeavesNothingBehind() throws IOException, InterruptedException {
        try (var redis = RedisServer.start()) {
            assertClean("-Dparley.redis=" + redis.uri());
        }
    }

    private void assertClean(String setting) throws IOException, InterruptedException {
        Path said = folder.resolve("said.txt");
        var command = new ArrayList<String>(List.of(ParleyCommand.tool("java"), ParleyCommand.SOON_READY, setting));
        command.addAll(OPTIONS);
        command.addAll(List.of("-cp", classPath(), UndeployedMain.class.getName()));
        command.add(Path.of(System.getProperty("it.war", "target/parley.war"))
                .toAbsolutePath()
                .toString());
        command.add(Files.createDirectory(folder.resolve("work")).toString());
        Process tomcat = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        try {
            boolean ended = tomcat.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS);
            String output = Files.readString(said);
            assertTrue(ended, output);
            assertEquals(0, tomcat.exitValue(), output);
            assertTrue(output.lines().anyMatch(UndeployedMain.CLEAN::equals), output);
            assertFalse(output.contains("WebappClassLoader"), output); // who warns of what an application leaves
            assertFalse(output.contains("Exception"), output);
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
