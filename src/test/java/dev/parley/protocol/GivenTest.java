package dev.parley.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.core.ChannelName;
import dev.parley.core.Position;
import dev.parley.core.Start;
import dev.parley.core.User;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GivenTest {
    @Property
    void nameHasAsManyCharactersAsAllowed(@ForAll @IntRange(min = 1, max = 100) int max) {
        assertEquals("n".repeat(max), Given.name("name", "n".repeat(max), max));
        assertEquals("n", Given.name("name", "n", max));
        assertRefused(ErrorCode.MALFORMED, () -> Given.name("name", "n".repeat(max + 1), max));
        assertRefused(ErrorCode.MALFORMED, () -> Given.name("name", "", max));
    }

    @Property
    void nameIsKeptAsItIsOrRefused(@ForAll @StringLength(min = 1, max = 64) String text) {
        boolean printable = text.codePoints()
                .allMatch(
                        c -> !Character.isISOControl(c) && !(c >= 0xd800 && c <= 0xdfff) && c != 0x2028 && c != 0x2029);
        if (printable) {
            assertEquals(text, Given.name("name", text, 64));
        } else {
            assertRefused(ErrorCode.MALFORMED, () -> Given.name("name", text, 64));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\0",
                "\t",
                "\n",
                "\r",
                "\u001b",
                "\u001f",
                "\u007f",
                "\u0080",
                "\u0085",
                "\u009f",
                "\u2028",
                "\u2029",
                "\ud800",
                "\udbff",
                "\udc00",
                "\udfff",
                "\ude00\ud83d"
            })
    void controlCharactersAndHalvesAreRefusedWhereverTheyStand(String unprintable) {
        for (String text : new String[] {unprintable, "a" + unprintable, unprintable + "z", "a" + unprintable + "z"}) {
            assertRefused(ErrorCode.MALFORMED, () -> Given.name("name", text, 64));
            assertRefused(ErrorCode.MALFORMED, () -> Given.user(text, 64));
            assertRefused(ErrorCode.MALFORMED, () -> Given.event(text, 64));
            assertRefused(ErrorCode.MALFORMED, () -> Given.key(text));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "Zo\u00eb", "\ud83d\ude00", "\u00a0", "<b>", "a:b", "\ufffd", "\u200d", "parley"})
    void otherCharactersAreKept(String text) {
        assertEquals(text, Given.name("name", text, 64));
        assertEquals(text, Given.event(text, 64));
        assertEquals(text, Given.key(text));
        assertEquals(new User(text), Given.user(text, 64));
    }

    @Example
    void whoGivesNoNameIsAnonymousAndSaysNothing() {
        assertSame(User.ANONYMOUS, Given.user(null, 64));
        assertEquals("", User.ANONYMOUS.from());
        assertEquals("Alice", Given.user("Alice", 64).from());
        assertEquals("", Given.user("anonymous", 64).from());
        assertRefused(ErrorCode.MALFORMED, () -> Given.user("", 64));
    }

    @Example
    void keyHasUpToSixtyFourCharacters() {
        assertEquals("k".repeat(64), Given.key("k".repeat(64)));
        assertEquals("\ud83d\ude00".repeat(64), Given.key("\ud83d\ude00".repeat(64)));
        assertRefused(ErrorCode.MALFORMED, () -> Given.key("k".repeat(65)));
        assertRefused(ErrorCode.MALFORMED, () -> Given.key(""));
    }

    @Example
    void eventOfTheServersNameIsRefused() {
        assertRefused(ErrorCode.MALFORMED, () -> Given.event("parley.gap", 64));
        assertRefused(ErrorCode.MALFORMED, () -> Given.event("parley.", 64));
        assertEquals("parleys", Given.event("parleys", 64));
        assertEquals("Parley.gap", Given.event("Parley.gap", 64));
        assertEquals(" parley.gap", Given.event(" parley.gap", 64));
    }

    @Example
    void channelsAndPositionsAreParsed() {
        var at = new Position("k3v9", 17);
        assertEquals(new ChannelName("chat:lobby"), Given.channel("chat:lobby"));
        assertEquals(at, Given.position("k3v9-17"));
        assertEquals(new Start.At(at), Given.start("k3v9-17"));
        assertEquals(Start.EARLIEST, Given.start("earliest"));
        assertRefused(ErrorCode.BAD_CHANNEL, () -> Given.channel("no spaces"));
        assertRefused(ErrorCode.BAD_POSITION, () -> Given.position("latest"));
        assertRefused(ErrorCode.BAD_POSITION, () -> Given.start("Latest"));
    }

    /** Nobody gets back more than a little of what he sent. */
    @Property
    void refusalShowsTheBeginning(@ForAll @IntRange(max = 5000) int length) {
        String text = "x y".repeat(length) + " ";
        String shown =
                assertRefused(ErrorCode.BAD_CHANNEL, () -> Given.channel(text)).detail();

        assertTrue(shown.length() <= 43, shown);
        assertTrue(shown.startsWith('"' + text.substring(0, Math.min(40, text.length()))), shown);
    }

    private static Refused assertRefused(ErrorCode code, Executable giving) {
        Refused refused = assertThrows(Refused.class, giving);
        assertEquals(code, refused.code());
        assertEquals(code.httpStatus(), refused.status());
        return refused;
    }
}
