package dev.parley.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said at the start of settings that give trouble, and of those that are not the default. */
class AdviceTest {
    private static final long ENOUGH = 20_000;

    @Test
    void defaultsGiveNoTrouble() {
        assertEquals(List.of(), Advice.of(SettingsSource.of(Map.of()), ENOUGH));
        assertEquals(List.of(), Advice.of(SettingsSource.of(Map.of()), -1));
    }

    @Test
    void connectionsNeedFiles() {
        Settings settings = SettingsSource.of(Map.of("connections", "800"));

        assertEquals(List.of(), Advice.of(settings, 1000));
        assertTrue(
                Advice.of(settings, 999).getFirst().startsWith("parley.connections=800 needs more than the 999 files"));
    }

    @ParameterizedTest
    @CsvSource({
        "heartbeat, 55s, 56s",
        "pong-deadline, 15s, 16s",
        "frame-size, 128KiB, 127KiB",
        "admin-key, 0123456789abcdef, 0123456789abcde",
        "origins, https://a.example, *"
    })
    void eachPieceOfAdviceHasItsEdge(String key, String good, String bad) {
        assertEquals(List.of(), Advice.of(SettingsSource.of(Map.of(key, good)), ENOUGH));
        List<String> advice = Advice.of(SettingsSource.of(Map.of(key, bad)), ENOUGH);
        assertEquals(1, advice.size(), advice::toString);
        assertTrue(advice.getFirst().startsWith("parley." + key), advice::toString);
    }

    @Test
    void changesAreToldWithoutSecrets() {
        assertEquals(List.of(), Changes.of(Map.of("connections", "18000", "heartbeat", "15s", "port", "80")));
        assertEquals(
                List.of("parley.admin-key=***", "parley.heartbeat=10s", "parley.namespace.chat.key-time=1m"),
                Changes.of(Map.of("heartbeat", "10s", "admin-key", "s3cret", "namespace.chat.key-time", "1m")));
        assertEquals(List.of("parley.node=redis://***@host"), Changes.of(Map.of("node", "redis://user:secret@host")));
    }
}
