package dev.parley.fault;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How Parley is started. The WAR is {@code target/parley.war} or what {@code -Dit.war} names, the JDK that of the test or what
 * {@code -Dit.java} names.
 */
final class ParleyCommand {
    /**
     * A JVM that starts with two thirds of the work, as the tests start so many: without the compiler that takes its time. Of two equal
     * options the later one counts.
     */
    static final String SOON_READY = "-XX:TieredStopAtLevel=1";

    private static final String JARS = "WEB-INF/boot/";

    private ParleyCommand() {}

    /** {@code java -jar parley.war}. */
    static List<String> standalone(List<String> options) {
        List<String> command = begun(options);
        command.add("-jar");
        command.add(war().toString());
        return command;
    }

    /**
     * {@link TomcatHost} with the jars of the Tomcat that the WAR carries.
     *
     * @param base Tomcat's folder
     */
    static List<String> inTomcat(Path base, List<String> options) {
        return inTomcat(base, options, unpacked(base.resolve("lib")));
    }

    /** The same with the Tomcat 10.1 whose jars are in {@code target/tomcat-10-lib} or the folder that {@code -Dit.tomcat10} names. */
    static List<String> inTomcat10(Path base, List<String> options) {
        Path folder = Path.of(System.getProperty("it.tomcat10", "target/tomcat-10-lib"));
        try (Stream<Path> jars = Files.list(folder)) {
            return inTomcat(base, options, jars.toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> inTomcat(Path base, List<String> options, List<Path> jars) {
        List<String> command = begun(options);
        command.add("-cp");
        command.add(jars.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator))
                + File.pathSeparator
                + own());
        command.add(TomcatHost.class.getName());
        command.add(war().toString());
        command.add(base.toString());
        return command;
    }

    /**
     * {@link PayaraHost} with the Payara Micro that is {@code target/payara/payara-micro.jar} or what {@code -Dit.payara} names.
     *
     * @param base Payara's folder
     */
    static List<String> inPayara(Path base, List<String> options) {
        List<String> command = begun(options);
        // Where Weld puts its proxies. The jar's own start does so.
        command.add("--add-opens=java.base/java.lang=ALL-UNNAMED");
        command.add("-cp");
        command.add(file("it.payara", "target/payara/payara-micro.jar") + File.pathSeparator + own());
        command.add(PayaraHost.class.getName());
        command.add(war().toString());
        command.add(base.toString());
        return command;
    }

    private static List<String> begun(List<String> options) {
        var command = new ArrayList<>(List.of(java().toString(), SOON_READY));
        command.addAll(options);
        return command;
    }

    /** The path of a program that stands beside the {@code java} that runs the server, such as {@code jcmd}. */
    static String tool(String name) {
        return java().resolveSibling(name).toString();
    }

    private static Path java() {
        String named = System.getProperty("it.java");
        return named != null ? Path.of(named) : Path.of(System.getProperty("java.home"), "bin", "java");
    }

    private static Path war() {
        return file("it.war", "target/parley.war");
    }

    private static Path file(String property, String usual) {
        Path file = Path.of(System.getProperty(property, usual)).toAbsolutePath();
        if (!Files.isRegularFile(file)) {
            throw new AssertionError(file + " is missing: `mvn verify` makes it, -D" + property + " names another");
        }
        return file;
    }

    /** The jars of the WAR's own Tomcat. */
    private static List<Path> unpacked(Path folder) {
        var jars = new ArrayList<Path>();
        try (JarFile file = new JarFile(war().toFile())) {
            Files.createDirectories(folder);
            for (JarEntry entry : file.stream()
                    .filter(entry -> entry.getName().startsWith(JARS))
                    .filter(entry -> entry.getName().endsWith(".jar"))
                    .toList()) {
                Path jar = folder.resolve(entry.getName().substring(JARS.length()));
                try (InputStream in = file.getInputStream(entry)) {
                    Files.copy(in, jar);
                }
                jars.add(jar);
            }
            return jars;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where the classes of the tests are. */
    private static String own() {
        try {
            return Path.of(ParleyCommand.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
