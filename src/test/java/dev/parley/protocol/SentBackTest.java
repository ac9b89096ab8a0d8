package dev.parley.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is sent back of a wrong text can be written in UTF-8: half a surrogate pair once broke off the connection. */
class SentBackTest {
    @Property
    void textIsNotCutWithinACharacter(@ForAll @IntRange(max = 50) int before) {
        assertWritable("a".repeat(before) + "\ud83d\ude00".repeat(30));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\ud800", "\udc00", "a\udbffz", "\ude00\ud83d"})
    void halfACharacterIsNotSentBack(String text) {
        assertWritable(text);
    }

    private static void assertWritable(String text) {
        for (Refused refused : new Refused[] {
            assertThrows(Refused.class, () -> Given.channel(text)), assertThrows(Refused.class, () -> Given.start(text))
        }) {
            String detail = refused.detail();
            assertEquals(detail, new String(detail.getBytes(UTF_8), UTF_8));
        }
    }
}
