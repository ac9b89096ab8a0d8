package dev.parley.protocol;

import static dev.parley.protocol.Heard.malformed;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.parley.core.ChannelName;
import dev.parley.core.Position;
import dev.parley.core.Start;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandReaderTest {
    private static final ChannelName LOBBY = new ChannelName("chat:lobby");
    private static final Start AT = new Start.At(new Position("k3v9", 16));
    private static final List<String> MEMBERS = List.of(
            "\"id\":7",
            "\"type\":\"publish\"",
            "\"channel\":\"chat:lobby\"",
            "\"data\":{\"id\":8,\"type\":\"connect\"}",
            "\"event\":\"note\"",
            "\"key\":\"once\"",
            "\"unknown\":[{\"id\":9},\"channel\"]",
            "\"Id\":10");

    @Provide
    Arbitrary<List<String>> anyOrder() {
        return Arbitraries.shuffle(MEMBERS);
    }

    @Property
    void membersComeInAnyOrder(@ForAll("anyOrder") List<String> members) {
        Command expected = new Command.Publish(7, LOBBY, "{\"id\":8,\"type\":\"connect\"}", "note", "once");

        assertEquals(List.of(expected), Heard.in('{' + String.join(",", members) + '}'));
        assertEquals(List.of(expected), Heard.in("{\r\n  " + String.join(",\n  ", members) + "\n}\n"));
    }

    @Example
    void everyCommandIsRead() {
        assertRead(new Command.Connect(1), "{'id':1,'type':'connect'}");
        assertRead(
                new Command.Subscribe(2, LOBBY, Start.LATEST, false),
                "{'id':2,'type':'subscribe','channel':'chat:lobby'}");
        assertRead(
                new Command.Subscribe(3, LOBBY, AT, false),
                "{'id':3,'type':'subscribe','channel':'chat:lobby','after':'k3v9-16'}");
        assertRead(
                new Command.Subscribe(4, LOBBY, Start.EARLIEST, false),
                "{'id':4,'type':'subscribe','channel':'chat:lobby','after':'earliest'}");
        assertRead(
                new Command.Subscribe(4, LOBBY, Start.LATEST, true),
                "{'id':4,'type':'subscribe','channel':'chat:lobby','presence':true}");
        assertRead(
                new Command.Subscribe(4, LOBBY, Start.LATEST, false),
                "{'id':4,'type':'subscribe','channel':'chat:lobby','presence':null}");
        assertRead(
                new Command.Signal(4, LOBBY, "true", "typing"),
                "{'id':4,'type':'signal','channel':'chat:lobby','data':true,'event':'typing'}");
        assertRead(new Command.Presence(4, LOBBY), "{'id':4,'type':'presence','channel':'chat:lobby'}");
        assertRead(new Command.Unsubscribe(5, LOBBY), "{'id':5,'type':'unsubscribe','channel':'chat:lobby'}");
        assertRead(
                new Command.Publish(6, LOBBY, "[1, 2.0]", "", null),
                "{'id':6,'type':'publish','channel':'chat:lobby','data': [1, 2.0] }");
        assertRead(
                new Command.History(7, LOBBY, new Range(Start.LATEST, false, 50)),
                "{'id':7,'type':'history','channel':'chat:lobby'}");
        assertRead(
                new Command.History(8, LOBBY, new Range(AT, true, 10)),
                "{'id':8,'type':'history','channel':'chat:lobby','after':'k3v9-16','limit':10}");
        assertRead(
                new Command.History(9, LOBBY, new Range(AT, false, 500)),
                "{'id':9,'type':'history','channel':'chat:lobby','before':'k3v9-16','limit':501}");
    }

    @Example
    void idMayBeLeftOut() {
        assertRead(new Command.Connect(0), "{'type':'connect'}");
    }

    @Example
    void idMayBeAsLargeAsALong() {
        assertRead(new Command.Connect(Long.MAX_VALUE), "{'type':'connect','id':9223372036854775807}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-1",
                "1.5",
                "1.0",
                "1e2",
                "9223372036854775808",
                "-9223372036854775809",
                "1e400",
                "'1'",
                "true",
                "[1]",
                "{'id':1}"
            })
    void idThatIsNoPositiveIntegerIsMalformed(String id) {
        assertHeard(malformed(0), "{'id':" + id + ",'type':'connect'}");
        assertHeard(malformed(0), "{'type':'connect','id':" + id + "}");
    }

    @Example
    void nullStandsForAMemberThatIsNotThere() {
        assertRead(
                new Command.Publish(0, LOBBY, "1", "", null),
                "{'id':null,'type':'publish','channel':'chat:lobby','data':1,'event':null,'key':null}");
        assertRead(
                new Command.History(1, LOBBY, new Range(Start.LATEST, false, 50)),
                "{'id':1,'type':'history','channel':'chat:lobby','after':null,'before':null}");
        assertHeard(malformed(1), "{'id':1,'type':'subscribe','channel':null}");
        assertHeard(malformed(1), "{'id':1,'type':null,'channel':'chat:lobby'}");
    }

    @Example
    void nullAsDataIsAValue() {
        assertRead(
                new Command.Publish(1, LOBBY, "null", "", null),
                "{'id':1,'type':'publish','channel':'chat:lobby','data':null}");
    }

    @Example
    void lastOfDuplicateMembersCounts() {
        assertRead(
                new Command.Publish(2, LOBBY, "2", "", null),
                "{'id':1,'type':'connect','data':1,'channel':'cellar','id':2,'type':'publish','data':2,'channel':'chat:lobby'}");
    }

    @Example
    void escapesInNamesAndTextsAreUnderstood() {
        Command command = Heard.commandsIn(
                        "{'\\u0074ype':'\\u0070ublish','channel':'chat:\\u006cobby','data':'\\u0041','event':'\\ud83d\\ude00'}"
                                .replace('\'', '"'))
                .getFirst();

        var publish = assertInstanceOf(Command.Publish.class, command);
        assertEquals(new Command.Publish(0, LOBBY, "\"\\u0041\"", "\ud83d\ude00", null), publish);
    }

    static void assertRead(Command expected, String singleQuoted) {
        assertHeard(expected, singleQuoted);
    }

    static void assertHeard(Object expected, String singleQuoted) {
        assertEquals(List.of(expected), Heard.in(singleQuoted.replace('\'', '"')), singleQuoted);
    }
}
