package dev.parley.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parley.core.ChannelName;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FallbackTest {
    /** More than 24 days, the most milliseconds that an int holds, once stopped the start. */
    @Test
    void longTimesAreFallbacksToo() {
        Settings settings = SettingsSource.of(Map.of(
                "namespace.default.history-age", "720h",
                "namespace.default.key-time", "1000h",
                "namespace.chat.history", "7"));

        assertEquals(
                Duration.ofDays(30),
                settings.namespace(new ChannelName("chat:lobby")).historyAge());
        assertEquals(
                Duration.ofHours(1000),
                settings.namespace(new ChannelName("chat:lobby")).keyTime());
    }

    /** These name no namespace; they once stopped the start. */
    @ParameterizedTest
    @ValueSource(strings = {"PARLEY_NAMESPACE_HISTORY", "PARLEY_NAMESPACE_KEY_TIME", "PARLEY_NAMESPACE__HISTORY"})
    void variableOfNoNamespaceIsNoSetting(String variable) {
        assertEquals(Map.of(), SettingsSource.fromEnvironment(Map.of(variable, "7")));
    }
}
