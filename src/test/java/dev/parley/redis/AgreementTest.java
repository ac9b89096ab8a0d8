package dev.parley.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parley.core.Namespace;
import dev.parley.core.Namespace.SlowReader;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AgreementTest {
    private static final Namespace DEFAULT = Namespace.DEFAULT;
    private static final Namespace SHORT = rules(10, Duration.ofHours(24), SlowReader.CLOSE, false);
    private static final Namespace COMPACT = rules(1000, Duration.ofHours(24), SlowReader.CLOSE, true);

    private static Namespace rules(int history, Duration age, SlowReader slow, boolean compact) {
        return new Namespace(history, age, 4 << 20, slow, Duration.ofMinutes(5), true, Namespace.Fsync.SECOND, compact);
    }

    private static Agreement of(int channels, Map<String, Namespace> namespaces) {
        return new Agreement(new RedisOptions(
                Address.parse("redis://127.0.0.1"), "parley", Duration.ofSeconds(1), channels, namespaces));
    }

    private static List<String> differences(Map<String, Namespace> own, Map<String, Namespace> others) {
        return of(100, own).differences(of(100, others).text());
    }

    @Test
    void sameSettingsAgree() {
        assertEquals(
                List.of(),
                differences(Map.of("default", DEFAULT, "last", COMPACT), Map.of("last", COMPACT, "default", DEFAULT)));
    }

    @Test
    void differencesAreNamedAsTheSettingsAre() {
        assertEquals(
                List.of("parley.namespace.default", "parley.namespace.last"),
                differences(Map.of("default", DEFAULT, "last", COMPACT), Map.of("default", SHORT, "last", DEFAULT)));
        assertEquals(
                List.of("parley.channels"),
                of(100, Map.of()).differences(of(99, Map.of()).text()));
    }

    @Test
    void namespaceThatIsNotNamedGoesByTheDefault() {
        assertEquals(List.of(), differences(Map.of("default", SHORT, "tiny", SHORT), Map.of("default", SHORT)));
        assertEquals(
                List.of("parley.namespace.last"),
                differences(Map.of("default", DEFAULT), Map.of("default", DEFAULT, "last", COMPACT)));
    }

    @Test
    void whatConcernsOneNodeAloneNeedNotAgree() {
        Namespace gap = rules(1000, Duration.ofHours(24), SlowReader.GAP, false);

        assertEquals(List.of(), differences(Map.of("default", DEFAULT), Map.of("default", gap.inMemory())));
    }

    @Test
    void nodeThatSaysNothingOfItIsNotJudged() {
        assertEquals(List.of(), of(100, Map.of("default", DEFAULT)).differences(""));
    }
}
