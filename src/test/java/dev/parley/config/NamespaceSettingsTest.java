package dev.parley.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.core.ChannelName;
import dev.parley.core.Namespace;
import dev.parley.core.Namespace.SlowReader;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NamespaceSettingsTest {
    private static final ChannelName LOBBY = new ChannelName("chat:lobby");
    private static final ChannelName NEWS = new ChannelName("news:today");
    private static final ChannelName BARE = new ChannelName("bare");

    @Test
    void namespaceSaysWhatItSays() {
        Settings settings = SettingsSource.of(Map.of(
                "namespace.chat.history", "7",
                "namespace.chat.history-age", "7m",
                "namespace.chat.history-bytes", "7KiB",
                "namespace.chat.slow-reader", "gap",
                "namespace.chat.key-time", "7s"));

        assertEquals(
                new Namespace(7, Duration.ofMinutes(7), 7168, SlowReader.GAP, Duration.ofSeconds(7)),
                settings.namespace(LOBBY));
        assertEquals(Namespace.DEFAULT, settings.namespace(NEWS));
        assertEquals(Namespace.DEFAULT, settings.namespace(BARE));
    }

    @Test
    void whatANamespaceDoesNotSayIsAsTheDefaultSays() {
        Settings settings = SettingsSource.of(Map.of(
                "namespace.default.history", "50",
                "namespace.default.history-age", "90m",
                "namespace.default.history-bytes", "1MiB",
                "namespace.default.slow-reader", "gap",
                "namespace.default.key-time", "1500ms",
                "namespace.chat.history", "7",
                "namespace.news.slow-reader", "close"));
        var fallback = new Namespace(50, Duration.ofMinutes(90), 1 << 20, SlowReader.GAP, Duration.ofMillis(1500));

        assertEquals(fallback, settings.namespace(BARE));
        assertEquals(fallback, settings.namespace(new ChannelName("default:room")));
        assertEquals(fallback, settings.namespace(new ChannelName("other:room")));
        assertEquals(
                new Namespace(7, fallback.historyAge(), fallback.historyBytes(), SlowReader.GAP, fallback.keyTime()),
                settings.namespace(LOBBY));
        assertEquals(
                new Namespace(50, fallback.historyAge(), fallback.historyBytes(), SlowReader.CLOSE, fallback.keyTime()),
                settings.namespace(NEWS));
    }

    @Test
    void nameOfANamespaceMayHaveDots() {
        Settings settings = SettingsSource.of(Map.of("namespace.org.example.history", "7"));

        assertEquals(7, settings.namespace(new ChannelName("org.example:room")).history());
        assertEquals(1000, settings.namespace(new ChannelName("org:room")).history());
    }

    @Test
    void emptyPolicyIsTheFallback() {
        assertEquals(
                SlowReader.GAP,
                SettingsSource.of(Map.of("namespace.default.slow-reader", "gap", "namespace.chat.slow-reader", ""))
                        .namespace(LOBBY)
                        .slowReader());
    }

    @Test
    void namespaceMayBeCompact() {
        Settings settings = SettingsSource.of(Map.of("namespace.chat.compact", "true"));

        assertTrue(settings.namespace(LOBBY).compact());
        assertFalse(settings.namespace(NEWS).compact());
    }
}
