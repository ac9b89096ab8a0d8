package dev.parley.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * Where settings come from. Later ones win: {@code parley.properties} in the container's configuration folder, environment
 * variables ({@code PARLEY_MESSAGE_SIZE}), system properties ({@code parley.message-size}).
 */
public final class SettingsSource {
    private static final Logger LOG = System.getLogger(SettingsSource.class.getName());
    private static final String PREFIX = "parley.";
    private static final String FILE = "parley.properties";

    private static final Path DATA = Path.of("parley-data");

    private SettingsSource() {}

    /** @throws InvalidSetting for a value that is none, or an unknown key in the file or among the system properties */
    public static Settings read() {
        return new SettingsReader(given()).read(hostName(), dataFolder());
    }

    /** The settings that are not the default, each as {@code parley.key=value}, secrets left out. Only after {@link #read}. */
    public static List<String> changed() {
        return Changes.of(given());
    }

    private static Map<String, String> given() {
        Map<String, String> given = new HashMap<>();
        file().ifPresent(path -> given.putAll(prefixed(load(path))));
        given.putAll(fromEnvironment(System.getenv()));
        given.putAll(prefixed(System.getProperties()));
        return given;
    }

    /** Settings from texts alone, by key without the prefix {@code parley.}. */
    public static Settings of(Map<String, String> given) {
        return new SettingsReader(given).read("node", DATA);
    }

    /**
     * Where the container keeps what outlives a deployment: beside Tomcat's {@code webapps}, in the domain of Payara. A server of
     * Parley's own, whose Tomcat works in a temporary folder, says where.
     */
    private static Path dataFolder() {
        return named("boot.data")
                .or(() -> named("catalina.base")
                        .or(() -> named("com.sun.aas.instanceRoot"))
                        .map(base -> base.resolve(DATA)))
                .orElse(DATA);
    }

    /** Payara sets both properties, to the same folder: whichever of the two files is there. */
    private static Optional<Path> file() {
        return Stream.of(
                        named("catalina.base").map(base -> base.resolve("conf")),
                        named("com.sun.aas.instanceRoot").map(root -> root.resolve("config")))
                .flatMap(Optional::stream)
                .map(folder -> folder.resolve(FILE))
                .filter(Files::isRegularFile)
                .findFirst();
    }

    private static Optional<Path> named(String property) {
        return Optional.ofNullable(System.getProperty(property)).map(Path::of);
    }

    private static Properties load(Path file) {
        Properties properties = new Properties();
        try (Reader in = Files.newBufferedReader(file, UTF_8)) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties;
    }

    private static Map<String, String> prefixed(Properties properties) {
        Map<String, String> found = new HashMap<>();
        for (String name : properties.stringPropertyNames()) {
            if (name.startsWith(PREFIX)) {
                found.put(name.substring(PREFIX.length()), properties.getProperty(name));
            }
        }
        return found;
    }

    /** A shell shares its environment with other programs, so a variable that is no setting is only warned of. */
    static Map<String, String> fromEnvironment(Map<String, String> environment) {
        Map<String, String> found = new HashMap<>();
        environment.forEach((name, value) -> {
            if (name.startsWith("PARLEY_")) {
                SettingKeys.ofVariable(name.substring("PARLEY_".length()).toLowerCase(Locale.ROOT))
                        .ifPresentOrElse(
                                key -> found.put(key, value),
                                () -> LOG.log(Level.WARNING, "environment variable {0} is no setting", name));
            }
        });
        return found;
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "parley";
        }
    }
}
