package dev.parley.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.parley.core.ChannelName;
import dev.parley.core.Position;
import dev.parley.core.Start;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class CursorTest {
    private static final Position A = new Position("a", 1);
    private static final Position B = new Position("b", 2);

    @Provide
    Arbitrary<Position> positions() {
        return Combinators.combine(
                        Arbitraries.strings()
                                .withCharRange('a', 'z')
                                .numeric()
                                .ofMinLength(1)
                                .ofMaxLength(32),
                        Arbitraries.longs().between(0, 999_999_999_999_999_999L))
                .as(Position::new);
    }

    @Property
    void whatACursorSaysIsWhereReadingGoesOn(
            @ForAll @Size(min = 1, max = 32) List<@From("positions") Position> positions) {
        var cursor = new Cursor(names(positions.size()), positions);
        List<Start> starts = positions.stream().<Start>map(Start.At::new).toList();

        assertEquals(starts, Cursor.starts(cursor.toString(), positions.size()));
    }

    @Property
    void oneWordStandsForAll(@ForAll @IntRange(min = 1, max = 32) int channels) {
        assertEquals(Collections.nCopies(channels, Start.EARLIEST), Cursor.starts("earliest", channels));
        assertEquals(Collections.nCopies(channels, Start.LATEST), Cursor.starts("latest", channels));
    }

    @Example
    void wordsAndPositionsMayBeMixed() {
        assertEquals(List.of(Start.LATEST, new Start.At(B), Start.EARLIEST), Cursor.starts("latest,b-2,earliest", 3));
    }

    @Example
    void moveChangesOnePlace() {
        var cursor = new Cursor(names(3), List.of(A, A, A));
        assertEquals("a-1,a-1,a-1", cursor.toString());
        cursor.move(new ChannelName("room1"), B);
        assertEquals("a-1,b-2,a-1", cursor.toString());
    }

    @Example
    void otherNumbersOfPositionsAreRefused() {
        assertRefused(ErrorCode.BAD_POSITION, () -> Cursor.starts("a-1", 2));
        assertRefused(ErrorCode.BAD_POSITION, () -> Cursor.starts("a-1,b-2", 1));
        assertRefused(ErrorCode.BAD_POSITION, () -> Cursor.starts("a-1,b-2", 3));
        assertRefused(ErrorCode.BAD_POSITION, () -> Cursor.starts("latest,latest", 3));
        assertRefused(ErrorCode.BAD_POSITION, () -> Cursor.starts("latest,latest", 1));
    }

    @Example
    void whatIsNoPositionIsRefused() {
        for (String text : List.of("", ",", "a-1,", ",a-1", "a-1, b-2", "a-1;b-2", "a-1,nonsense")) {
            assertRefused(ErrorCode.BAD_POSITION, () -> Cursor.starts(text, 2));
        }
        assertRefused(ErrorCode.BAD_POSITION, () -> Cursor.starts("", 1));
    }

    @Example
    void channelsAreTakenInTheirOrder() {
        assertEquals(
                List.of(new ChannelName("b"), new ChannelName("a"), new ChannelName("B")),
                Cursor.channels(List.of("b", "a", "B")));
        assertEquals(32, Cursor.channels(texts(32)).size());
    }

    @Example
    void wrongChannelsAreRefused() {
        assertRefused(ErrorCode.MALFORMED, () -> Cursor.channels(List.of()));
        assertRefused(ErrorCode.LIMIT, () -> Cursor.channels(texts(33)));
        assertRefused(ErrorCode.SUBSCRIPTION, () -> Cursor.channels(List.of("a", "b", "a")));
        assertRefused(ErrorCode.BAD_CHANNEL, () -> Cursor.channels(List.of("a", "")));
        assertRefused(ErrorCode.BAD_CHANNEL, () -> Cursor.channels(List.of("a,b")));
    }

    private static List<String> texts(int count) {
        return IntStream.range(0, count).mapToObj(i -> "room" + i).toList();
    }

    private static List<ChannelName> names(int count) {
        return texts(count).stream().map(ChannelName::new).toList();
    }

    private static void assertRefused(ErrorCode code, Runnable request) {
        assertEquals(code, assertThrows(Refused.class, request::run).code());
    }
}
