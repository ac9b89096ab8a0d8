package dev.parley.protocol;

import static dev.parley.protocol.Heard.malformed;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parley.core.ChannelName;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

class BatchTest {
    private static final ChannelName ROOM = new ChannelName("room");
    private static final String BLANK = " \t";

    /** One line of a frame, and what is to be heard of it. */
    record Line(String text, Object heard) {}

    @Provide
    Arbitrary<List<Line>> lines() {
        return Arbitraries.frequencyOf(
                        Tuple.of(4, good()),
                        Tuple.of(2, broken().map(text -> new Line(text, malformed(0)))),
                        Tuple.of(
                                1,
                                Arbitraries.of(
                                                "{\"id\":5",
                                                "{\"id\":5,",
                                                "{\"id\":5,\"data\":",
                                                "{\"id\":5}",
                                                "{\"id\":5,\"type\":\"fly\"}")
                                        .map(text -> new Line(text, malformed(5)))))
                .list()
                .ofMaxSize(40);
    }

    /** Also such as leave something open that a later line could be taken for a part of. */
    private static Arbitrary<String> broken() {
        Arbitrary<String> known = Arbitraries.of(
                "{",
                "[",
                "[[",
                "[1,",
                "{\"a\"",
                "{\"a\":",
                "{\"a\":[",
                "{\"a\":{\"id\":6,",
                "{\"type\":\"connect\"",
                "{\"type\":\"publish\",\"channel\":\"room\",\"data\":",
                "\"open",
                "{\"open",
                "{\"type\":\"conn",
                "{,}",
                "nul",
                "17",
                "\"text\"",
                "[{}]",
                "{}");
        return Arbitraries.oneOf(
                known,
                Arbitraries.strings().excludeChars('\n', '\r').ofMaxLength(10).map(text -> 'x' + text));
    }

    private static Arbitrary<Line> good() {
        return Combinators.combine(Arbitraries.longs().between(100, Long.MAX_VALUE), JsonTexts.any())
                .as((id, value) -> {
                    String data = JsonText.value(value);
                    return new Line(
                            "{\"type\":\"publish\",\"data\":" + data + ",\"channel\":\"room\",\"id\":" + id + "}",
                            new Command.Publish(id, ROOM, data, "", null));
                });
    }

    @Provide
    Arbitrary<String> lineEnds() {
        return Arbitraries.of("\n", "\r\n", "\n\n", " \n\t ");
    }

    @Property
    void everyGoodLineTakesEffectOnceAndEveryBadOneGetsItsError(
            @ForAll("lines") List<Line> lines, @ForAll("lineEnds") String lineEnd, @ForAll boolean ended) {
        String frame = String.join(lineEnd, lines.stream().map(Line::text).toList()) + (ended ? lineEnd : "");

        assertEquals(lines.stream().map(Line::heard).toList(), Heard.in(frame));
    }

    /** Longer than the parser's buffer, so that lines and values lie across its ends. */
    @Property(tries = 50)
    void frameMayHaveThousandsOfLines(@ForAll("lines") List<Line> lines) {
        List<Line> many =
                IntStream.range(0, 50).boxed().flatMap(i -> lines.stream()).toList();

        assertEquals(
                many.stream().map(Line::heard).toList(),
                Heard.in(String.join("\n", many.stream().map(Line::text).toList())));
    }

    @Example
    void emptyFrameHoldsNothing() {
        for (String frame : List.of("", "\n", BLANK, "\r\n" + BLANK + "\n\n")) {
            assertEquals(List.of(), Heard.in(frame));
        }
    }

    @Example
    void whatComesBeforeTheBreakInALineTakesEffect() {
        assertEquals(
                List.of(new Command.Connect(1), malformed(0), new Command.Connect(3)),
                Heard.in(connect(1) + " x " + connect(2) + "\n" + connect(3)));
    }

    @Example
    void objectsMayStandOnOneLine() {
        assertEquals(
                List.of(new Command.Connect(1), new Command.Connect(2), new Command.Connect(3)),
                Heard.in(connect(1) + connect(2) + " " + connect(3)));
    }

    @Example
    void objectMayTakeSeveralLines() {
        String pretty = """
            {
              "id": 1,
              "type": "publish",
              "channel": "room",
              "data": {
                "a": 1
              }
            }\
            """;
        Command expected = new Command.Publish(1, ROOM, "{     \"a\": 1   }", "", null);

        assertEquals(
                List.of(new Command.Connect(7), expected, expected, new Command.Connect(8)),
                Heard.in(connect(7) + "\n" + pretty + "\n" + pretty + connect(8)));
    }

    @Example
    void positionsInTheFrameAreRightAfterABrokenLine() {
        String text = "\"" + "\ud83d\ude00".repeat(3000) + "\"";
        String line = "{\"type\":\"publish\",\"channel\":\"room\",\"data\":" + text + "}";
        Command expected = new Command.Publish(0, ROOM, text, "", null);

        assertEquals(
                List.of(expected, malformed(0), expected, malformed(0), expected),
                Heard.in(line + "\nx\n" + line + "\n{\n" + line));
    }

    private static String connect(int id) {
        return "{\"type\":\"connect\",\"id\":" + id + "}";
    }
}
