package dev.parley.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.core.ChannelName;
import dev.parley.core.Namespace;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsReaderTest {
    private static final Settings DEFAULTS = SettingsSource.of(Map.of());
    private static final Path DATA = Path.of("some", "folder");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "node=north",
                "origins=https://chat.example",
                "data=/var/lib/parley",
                "echo=true",
                "compression=true",
                "admin-key=secret",
                "signals=1",
                "batch=1",
                "batch-size=1",
                "message-size=1",
                "frame-size=1",
                "command-backlog=1",
                "name-length=1",
                "channels-per-session=1",
                "connections=1",
                "channels=1",
                "heartbeat=1s",
                "pong-deadline=1s",
                "write-deadline=1s",
                "presence-grace=1s",
                "presence-lease=1s",
                "presence-interval=1s",
                "presence-members=1",
                "presence-pushes=1",
                "redis=redis://localhost",
                "redis.prefix=p",
                "redis.timeout=1s",
                "namespace.default.history=1",
                "namespace.default.history-age=1s",
                "namespace.default.history-bytes=1",
                "namespace.default.slow-reader=gap",
                "namespace.default.key-time=1s",
                "namespace.default.durable=false",
                "namespace.default.fsync=always",
            })
    void everySettingChangesSomething(String setting) {
        String[] keyAndValue = setting.split("=", 2);

        assertNotEquals(DEFAULTS, SettingsSource.of(Map.of(keyAndValue[0], keyAndValue[1])));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "redis://localhost",
                "rediss://me:secret@localhost:6380/2",
                "redis-sentinel://one,two:26379#main",
                "redis-cluster://one:7000,two:7001",
                "rediss-cluster://one:7000"
            })
    void addressesOfRedisAreTaken(String address) {
        assertEquals(
                address, SettingsSource.of(Map.of("redis", address)).redis().address());
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost:6379", "http://secret@localhost", "redis:", "redis://"})
    void otherAddressesAreRefusedWithoutShowingThem(String address) {
        var failure = assertThrows(InvalidSetting.class, () -> SettingsSource.of(Map.of("redis", address)));

        assertFalse(String.valueOf(failure.getMessage()).contains("secret"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "{x}", ""})
    void prefixesWithStrangeCharactersAreRefused(String prefix) {
        assertThrows(InvalidSetting.class, () -> SettingsSource.of(Map.of("redis.prefix", prefix)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"port", "address", "handshake-deadline"})
    void settingsOfTheServerAreSomebodyElses(String key) {
        assertEquals(DEFAULTS, SettingsSource.of(Map.of(key, "whatever")));
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "65536, 65536", "64KiB, 65536", "4MiB, 4194304", "2047MiB, 2146435072", "' 7 ', 7"})
    void sizesAreRead(String text, int bytes) {
        assertEquals(
                bytes, SettingsSource.of(Map.of("message-size", text)).limits().messageSize());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0",
                "-1",
                "0KiB",
                "KiB",
                "MiB",
                "64kib",
                "64 KiB",
                "64KB",
                "1GiB",
                "1.5MiB",
                "2048MiB",
                "2147483648",
                "all"
            })
    void otherSizesAreRefused(String text) {
        assertRefused("message-size", text);
        assertRefused("frame-size", text);
        assertRefused("batch-size", text);
        assertRefused("namespace.chat.history-bytes", text);
    }

    @ParameterizedTest
    @CsvSource({"1ms, PT0.001S", "500ms, PT0.5S", "15s, PT15S", "90m, PT1H30M", "720h, PT720H", "' 1s ', PT1S"})
    void timesAreRead(String text, Duration time) {
        assertEquals(
                time, SettingsSource.of(Map.of("heartbeat", text)).deadlines().heartbeat());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "0s", "-1s", "15", "s", "1.5s", "15 s", "15S", "1d", "15sec", "2147483648ms", "soon", "s15"})
    void otherTimesAreRefused(String text) {
        assertRefused("heartbeat", text);
        assertRefused("pong-deadline", text);
        assertRefused("write-deadline", text);
        assertRefused("presence-grace", text);
        assertRefused("presence-lease", text);
        assertRefused("presence-interval", text);
        assertRefused("namespace.chat.history-age", text);
        assertRefused("namespace.chat.key-time", text);
    }

    @Property
    void countsAreRead(@ForAll @IntRange(min = 1) int count) {
        var limits = SettingsSource.of(Map.of("connections", Integer.toString(count)))
                .limits();

        assertEquals(count, limits.connections());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "-1", "1.5", "1e3", "2147483648", "many", "1KiB"})
    void otherCountsAreRefused(String text) {
        assertRefused("connections", text);
        assertRefused("channels", text);
        assertRefused("signals", text);
        assertRefused("batch", text);
        assertRefused("channels-per-session", text);
        assertRefused("name-length", text);
        assertRefused("presence-members", text);
        assertRefused("presence-pushes", text);
        assertRefused("namespace.chat.history", text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "TRUE", "yes", "1", "on"})
    void switchIsTrueOrFalse(String text) {
        assertRefused("echo", text);
        assertTrue(SettingsSource.of(Map.of("echo", " true ")).echo());
    }

    @Test
    void originsAreSeparatedByCommas() {
        assertEquals(List.of("https://a.example", "*"), origins(" https://a.example ,, *,"));
        assertEquals(List.of(), origins(" , "));
        assertEquals(List.of(), origins(""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "mesage-size",
                "message_size",
                "Message-Size",
                "message-size.",
                "namespace",
                "namespace.",
                "namespace.history",
                "namespace..history",
                "namespace.chat.",
                "namespace.chat.size",
                "namespace.chat.History"
            })
    void unknownKeyStopsTheStartAndIsNamed(String key) {
        assertEquals("unknown setting parley." + key, told(Map.of(key, "1", "channels", "5")));
    }

    @Test
    void dataLiesWhereTheContainerKeepsItUnlessItIsSet() {
        assertEquals(
                DATA, new SettingsReader(Map.of("data", " ")).read("host", DATA).data());
        assertEquals(
                Path.of("elsewhere"),
                new SettingsReader(Map.of("data", "elsewhere"))
                        .read("host", DATA)
                        .data());
        assertRefused("data", "no\u0000path");
    }

    @ParameterizedTest
    @CsvSource({"always, ALWAYS", "1s, SECOND", "never, NEVER"})
    void forcingIsAlwaysEachSecondOrNever(String text, Namespace.Fsync fsync) {
        assertEquals(
                fsync,
                SettingsSource.of(Map.of("namespace.chat.fsync", text))
                        .namespace(new ChannelName("chat:lobby"))
                        .fsync());
        assertRefused("namespace.chat.fsync", text + "!");
    }

    @Test
    void whatTheServerItselfSaysIsInMemoryUnlessToldOtherwise() {
        var stats = new ChannelName("sys:stats");

        assertEquals(DEFAULTS.namespace(new ChannelName("chat")).inMemory(), DEFAULTS.namespace(stats));
        assertTrue(SettingsSource.of(Map.of("namespace.sys.durable", "true"))
                .namespace(stats)
                .durable());
    }

    @Test
    void nodeIsNamedByTheHostUnlessItIsSet() {
        assertEquals("host", new SettingsReader(Map.of()).read("host", DATA).node());
        assertEquals(
                "north",
                new SettingsReader(Map.of("node", "north")).read("host", DATA).node());
    }

    @Test
    void settingsAreThoseOfTheirChannel() {
        Settings settings = SettingsSource.of(Map.of("namespace.chat.history", "7"));

        assertEquals(7, settings.namespace(new ChannelName("chat:lobby")).history());
        assertEquals(1000, settings.namespace(new ChannelName("chat")).history());
        assertEquals(1000, settings.namespace(new ChannelName("chats:lobby")).history());
    }

    private static List<String> origins(String text) {
        return SettingsSource.of(Map.of("origins", text)).origins();
    }

    private static void assertRefused(String key, String text) {
        String told = told(Map.of(key, text));

        assertTrue(told.startsWith("parley." + key + " must be "), told);
        assertTrue(told.endsWith(", not \"" + text + '"'), told);
    }

    private static String told(Map<String, String> settings) {
        return String.valueOf(assertThrows(InvalidSetting.class, () -> SettingsSource.of(settings))
                .getMessage());
    }
}
