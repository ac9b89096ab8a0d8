package dev.parley.protocol;

import static dev.parley.protocol.Heard.malformed;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a broken line ends, and what is read after it. */
class LinesTest {
    private static final String GOOD = "{\"id\":1,\"type\":\"connect\"}";

    /** It once took the next line with it, as Java calls these white space and JSON does not. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\f", "\u000b", "\u001c", "\u001f", "\u2028", "\u2029", "\u3000", "\u0085", "\u00a0", "\ufeff", "\0"
            })
    void lineOfOtherWhiteSpaceIsBrokenAndSpoilsNoOther(String space) {
        Command good = new Command.Connect(1);

        assertEquals(List.of(malformed(0), good), Heard.in(space + "\n" + GOOD));
        assertEquals(List.of(good, malformed(0), good), Heard.in(GOOD + "\n" + space + space + "\r\n" + GOOD));
    }

    @Test
    void carriageReturnAloneEndsNoLine() {
        assertEquals(List.of(malformed(0)), Heard.in("x\r" + GOOD));
    }

    /** A frame of broken lines once kept a thread busy for seconds after its session had been closed for them. */
    @Test
    void readingStopsWhenNobodyListens() {
        List<Refused> heard = new ArrayList<>();
        new CommandReader(64).read("x\n".repeat(100_000), new CommandReader.Receiver() {
            @Override
            public void command(Command command) {
                throw new AssertionError(command);
            }

            @Override
            public void refused(long id, Refused why) {
                heard.add(why);
            }

            @Override
            public boolean isListening() {
                return heard.size() < 10;
            }
        });

        assertEquals(10, heard.size());
    }
}
