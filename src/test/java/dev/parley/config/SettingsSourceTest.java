package dev.parley.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.core.ChannelName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Isolated // sets system properties that others read as well
class SettingsSourceTest {
    private final Properties before = (Properties) System.getProperties().clone();

    @TempDir
    Path base;

    @BeforeEach
    void forgetOtherServers() {
        System.clearProperty("boot.data");
        System.clearProperty("catalina.base");
        System.clearProperty("com.sun.aas.instanceRoot");
    }

    @AfterEach
    void restore() {
        System.setProperties(before);
    }

    @ParameterizedTest
    @CsvSource({
        "PARLEY_MESSAGE_SIZE, message-size",
        "PARLEY_CHANNELS_PER_SESSION, channels-per-session",
        "PARLEY_NODE, node",
        "PARLEY_DATA, data",
        "PARLEY_NAMESPACE_CHAT_FSYNC, namespace.chat.fsync",
        "PARLEY_NAMESPACE_CHAT_DURABLE, namespace.chat.durable",
        "PARLEY_PORT, port",
        "PARLEY_NAMESPACE_CHAT_HISTORY, namespace.chat.history",
        "PARLEY_NAMESPACE_CHAT_HISTORY_AGE, namespace.chat.history-age",
        "PARLEY_NAMESPACE_CHAT_HISTORY_BYTES, namespace.chat.history-bytes",
        "PARLEY_NAMESPACE_CHAT_SLOW_READER, namespace.chat.slow-reader",
        "PARLEY_NAMESPACE_CHAT_KEY_TIME, namespace.chat.key-time",
        "PARLEY_NAMESPACE_MY_CHAT_HISTORY, namespace.my_chat.history",
        "PARLEY_NAMESPACE_HISTORY_HISTORY_AGE, namespace.history.history-age"
    })
    void variablesNameSettings(String variable, String key) {
        assertEquals(Map.of(key, "7"), SettingsSource.fromEnvironment(Map.of(variable, "7")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PARLEY",
                "PARLEY_",
                "PARLEY_SERVICE_HOST",
                "PARLEY_PORT_8080_TCP",
                "PARLEY_NAMESPACE_CHAT",
                "parley_node",
                "MY_PARLEY_NODE",
                "PARLEY_MESSAGE-SIZE",
                "PATH"
            })
    void otherVariablesAreNoSettings(String variable) {
        assertEquals(Map.of(), SettingsSource.fromEnvironment(Map.of(variable, "7")));
    }

    @ParameterizedTest
    @CsvSource({"catalina.base, conf", "com.sun.aas.instanceRoot, config"})
    void fileStandsInTheContainersFolder(String property, String folder) throws IOException {
        write(folder, "# caf\u00e9\nparley.node=n\u00f6rd\nparley.namespace.chat.history = 7\nother.key=1\n");
        System.setProperty(property, base.toString());
        Settings settings = SettingsSource.read();

        assertEquals("n\u00f6rd", settings.node());
        assertEquals(7, settings.namespace(new ChannelName("chat:lobby")).history());
    }

    /** Payara sets Tomcat's property too. */
    @Test
    void fileOfPayaraStandsInItsOwnFolder() throws IOException {
        write("config", "parley.node=two names\n");
        System.setProperty("catalina.base", base.toString());
        System.setProperty("com.sun.aas.instanceRoot", base.toString());

        assertEquals("two names", SettingsSource.read().node());
    }

    @ParameterizedTest
    @ValueSource(strings = {"catalina.base", "com.sun.aas.instanceRoot"})
    void dataLiesInTheContainersOwnFolder(String property) {
        System.setProperty(property, base.toString());
        assertEquals(base.resolve("parley-data"), SettingsSource.read().data());
        System.setProperty("boot.data", base.resolve("state").toString());

        assertEquals(base.resolve("state"), SettingsSource.read().data());
    }

    @Test
    void systemPropertyWinsOverTheFile() throws IOException {
        write("conf", "parley.channels=7\nparley.connections=7\n");
        System.setProperty("catalina.base", base.toString());
        System.setProperty("parley.channels", "8");
        Settings.Limits limits = SettingsSource.read().limits();

        assertEquals(8, limits.channels());
        assertEquals(7, limits.connections());
    }

    @Test
    void fileMayBeMissing() {
        System.setProperty("catalina.base", base.toString());

        assertEquals(SettingsSource.of(Map.of()).limits(), SettingsSource.read().limits());
        assertTrue(!SettingsSource.read().node().isEmpty());
    }

    @Test
    void unknownKeyOfTheFileOrAPropertyStopsTheStart() throws IOException {
        write("conf", "parley.chanels=7\n");
        System.setProperty("catalina.base", base.toString());
        assertEquals("unknown setting parley.chanels", stopped());
        System.clearProperty("catalina.base");
        System.setProperty("parley.mesage-size", "7");

        assertEquals("unknown setting parley.mesage-size", stopped());
    }

    private static String stopped() {
        return String.valueOf(
                assertThrows(InvalidSetting.class, SettingsSource::read).getMessage());
    }

    private void write(String folder, String text) throws IOException {
        Files.writeString(Files.createDirectories(base.resolve(folder)).resolve("parley.properties"), text, UTF_8);
    }
}
