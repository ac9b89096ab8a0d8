package dev.parley.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.core.ChannelName;
import dev.parley.core.Namespace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The file that operators copy shows each setting with its default. */
class DefaultsTest {
    private static final Path FILE = Path.of("config/parley.properties");
    private static final Pattern SETTING = Pattern.compile("#parley\\.([a-z.-]+)=(.*)");
    private static final Settings DEFAULTS = SettingsSource.of(Map.of());

    /** What the file shows is an example and no default. */
    private static final Set<String> EXAMPLES = Set.of("node", "origins", "admin-key");

    @Test
    void defaultsAreThoseOfTheFile() throws IOException {
        Map<String, String> shown = shown();
        assertFalse(shown.isEmpty());
        shown.keySet().removeAll(EXAMPLES);
        shown.forEach((key, value) -> assertEquals(DEFAULTS, SettingsSource.of(Map.of(key, value)), key));

        assertEquals(DEFAULTS, SettingsSource.of(shown));
    }

    @Test
    void examplesOfTheFileAreTaken() throws IOException {
        Map<String, String> shown = shown();

        assertEquals(
                List.of("https://www.example.org"),
                SettingsSource.of(Map.of("origins", String.valueOf(shown.get("origins"))))
                        .origins());
        assertTrue(shown.containsKey("node"));
    }

    @Test
    void everySettingOfTheFileMayBeAnEnvironmentVariable() throws IOException {
        for (Map.Entry<String, String> setting : shown().entrySet()) {
            String variable = "PARLEY_"
                    + setting.getKey().replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);

            assertEquals(
                    Map.of(setting.getKey(), setting.getValue()),
                    SettingsSource.fromEnvironment(Map.of(variable, setting.getValue())));
        }
    }

    @Test
    void everyLineOfTheFileIsASettingOrProse() throws IOException {
        for (String line : Files.readAllLines(FILE)) {
            assertTrue(
                    line.isEmpty()
                            || line.startsWith("# ")
                            || line.equals("#")
                            || SETTING.matcher(line).matches(),
                    line);
        }
    }

    @Test
    void defaultsAreThoseDocumented() {
        assertEquals(
                new Settings.Limits(131_072, 262_144, 1_048_576, 64, 128, 18_000, 100_000, 20, 500, 1_048_576),
                DEFAULTS.limits());
        assertEquals(
                new Settings.Deadlines(
                        Duration.ofSeconds(15), Duration.ofSeconds(15), Duration.ofSeconds(20), Duration.ofSeconds(5)),
                DEFAULTS.deadlines());
        assertEquals(
                new Settings.Presence(
                        Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofMillis(250), 100, 100_000),
                DEFAULTS.presence());
        assertEquals(new Settings.Redis("", "parley", Duration.ofSeconds(2)), DEFAULTS.redis());
        assertEquals(new Settings.Overload(90, Duration.ofSeconds(5)), DEFAULTS.overload());
        assertEquals(List.of(), DEFAULTS.origins());
        assertFalse(DEFAULTS.echo());
        assertFalse(DEFAULTS.compression());
        assertEquals(1024, DEFAULTS.compressionThreshold());
        assertEquals("", DEFAULTS.adminKey());
        assertEquals(
                new Namespace(1000, Duration.ofHours(24), 4_194_304, Namespace.SlowReader.CLOSE, Duration.ofMinutes(5)),
                DEFAULTS.namespace(new ChannelName("chat:lobby")));
    }

    private static Map<String, String> shown() throws IOException {
        Map<String, String> shown = new LinkedHashMap<>();
        for (String line : Files.readAllLines(FILE)) {
            Matcher setting = SETTING.matcher(line);
            if (setting.matches()) {
                shown.put(setting.group(1), setting.group(2));
            }
        }
        return shown;
    }
}
