package dev.parley.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.NumericChars;
import net.jqwik.api.constraints.StringLength;

class ChannelNameTest {
    @Property
    void allowedCharactersMakeAName(
            @ForAll @AlphaChars @NumericChars @Chars({'.', '_', '~', '-', ':'}) @StringLength(min = 1, max = 200)
                    String text) {
        ChannelName name = ChannelName.parse(text).orElseThrow();

        assertEquals(text, name.text());
        assertEquals(text, name.toString());
        assertEquals(text.contains(":") ? text.split(":", 2)[0] : "default", name.namespace());
    }

    @Property
    void otherTextsMakeNone(@ForAll @StringLength(max = 5) String text) {
        boolean isOne = text.matches("[A-Za-z0-9._~:-]+");

        assertEquals(isOne, ChannelName.parse(text).isPresent());
        if (!isOne) {
            assertThrows(IllegalArgumentException.class, () -> new ChannelName(text));
        }
    }

    @Example
    void lengthIsBounded() {
        assertEquals(
                200, ChannelName.parse("c".repeat(200)).orElseThrow().text().length());
        assertEquals(Optional.empty(), ChannelName.parse("c".repeat(201)));
        assertEquals(Optional.empty(), ChannelName.parse(""));
    }

    @Example
    void namespaceEndsAtTheFirstColon() {
        assertEquals("chat", new ChannelName("chat:a:b").namespace());
        assertEquals("default", new ChannelName("lobby").namespace());
        assertEquals("", new ChannelName(":lobby").namespace());
    }
}
