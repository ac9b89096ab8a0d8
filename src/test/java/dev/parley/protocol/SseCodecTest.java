package dev.parley.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.parley.core.ChannelName;
import dev.parley.core.Content;
import dev.parley.core.Member;
import dev.parley.core.Message;
import dev.parley.core.Position;
import dev.parley.protocol.EventParser.Event;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class SseCodecTest {
    private static final ChannelName LOBBY = new ChannelName("chat:lobby");
    private static final Position AT = new Position("k3v9", 17);

    @Provide
    Arbitrary<Content> contents() {
        return Combinators.combine(data(), name(), name()).as(Content::new);
    }

    /** What gets through the checks at the edges, whatever was tried there. */
    private static Arbitrary<String> data() {
        Arbitrary<String> texts = hostile().map(JsonText::string);
        return Arbitraries.oneOf(texts, JsonTexts.any().map(JsonText::value));
    }

    private static Arbitrary<String> name() {
        return hostile().map(text -> isName(text) ? text : "");
    }

    private static Arbitrary<String> hostile() {
        Arbitrary<String> parts = Arbitraries.of(
                "\n",
                "\r",
                "\r\n",
                "data:",
                "id: 9",
                "event: parley.gap",
                ":",
                " ",
                "\n\n",
                "\u2028",
                "\u2029",
                "\u0085",
                "\0",
                "\ufeff",
                "\u000b",
                "retry:");
        Arbitrary<String> any =
                Arbitraries.strings().withCharRange(' ', '\ud7ff').ofMaxLength(4);
        return Arbitraries.oneOf(parts, any).list().ofMaxSize(6).map(all -> String.join("", all));
    }

    private static boolean isName(String text) {
        try {
            return Given.event(text, 64).equals(text);
        } catch (Refused e) {
            return false;
        }
    }

    @Property
    void eventCarriesExactlyWhatWasPublished(@ForAll List<@From("contents") Content> contents) {
        List<Event> expected = new ArrayList<>();
        List<byte[]> stream =
                new ArrayList<>(List.of(SseCodec.opening("parley/1", AT.at(0).toString())));
        for (Content content : contents) {
            Position position = AT.at(expected.size() + 1L);
            expected.add(new Event(typeOf(content), content.data(), position.toString()));
            stream.add(message(position, content).as(SseCodec.EVENT));
            stream.add(SseCodec.comment());
        }
        var parsed = EventParser.parse(stream.toArray(byte[][]::new));

        assertEquals(expected, parsed.events());
        assertEquals(AT.at(contents.size()).toString(), parsed.id());
    }

    @Property
    void eventOfSeveralChannelsCarriesTheWholeMessage(@ForAll("contents") Content content) {
        Message message = message(AT, content);
        var parsed = EventParser.parse(message.as(SseCodec.EVENT_WITHOUT_ID), SseCodec.id("a-1,k3v9-17"));

        assertEquals(List.of(new Event("message", message.as(JsonCodec.MESSAGE), "a-1,k3v9-17")), parsed.events());
    }

    @Property
    void streamCutAnywhereHasNoOtherEvents(@ForAll("contents") Content content, @ForAll int cut) {
        byte[] whole = message(AT, content).as(SseCodec.EVENT);
        byte[] part = new byte[Math.floorMod(cut, whole.length)];
        System.arraycopy(whole, 0, part, 0, part.length);

        assertEquals(List.of(), EventParser.parse(part).events());
    }

    @Property
    void nameWithALineEndDoesNotGetHere(
            @ForAll("lineEnds") String lineEnd, @ForAll String before, @ForAll String after) {
        Assume.that(before.length() + after.length() < 60);

        assertThrows(Refused.class, () -> Given.event(before + lineEnd + after, 64));
        assertThrows(Refused.class, () -> Given.user(before + lineEnd + after, 64));
    }

    @Provide
    Arbitrary<String> lineEnds() {
        return Arbitraries.of("\n", "\r", "\r\n", "\0", "\u2028", "\u2029", "\u0085");
    }

    @Example
    void openingIsNoEventButIsRemembered() {
        var parsed = EventParser.parse(SseCodec.opening("parley/1", "k3v9-17"));

        assertEquals(new EventParser.Stream(List.of(), "k3v9-17", "2000"), parsed);
        assertText(": parley/1\nretry: 2000\nid: k3v9-17\n\n", SseCodec.opening("parley/1", "k3v9-17"));
    }

    @Example
    void eventIsWrittenAsDocumented() {
        Content named = new Content("{\"text\":\"hello\"}", "note", "");

        assertText(
                "event: note\ndata: {\"text\":\"hello\"}\nid: k3v9-17\n\n",
                message(AT, named).as(SseCodec.EVENT));
        assertText(
                "data: 1\nid: k3v9-17\n\n",
                message(AT, new Content("1", "", "Bob")).as(SseCodec.EVENT));
        assertText(":\n\n", SseCodec.comment());
    }

    @Example
    void gapGoesOnWhereReadingDoes() {
        var gap = new Frame.Gap(LOBBY, AT, AT.at(40));
        String data = "{\"channel\":\"chat:lobby\",\"from\":\"k3v9-17\",\"to\":\"k3v9-40\"}";

        assertEquals(
                new EventParser.Stream(List.of(new Event("parley.gap", data, "k3v9-40")), "k3v9-40", ""),
                EventParser.parse(SseCodec.gap(gap, "k3v9-40")));
    }

    @Example
    void closingSaysWhenToComeBackAndKeepsThePlace() {
        var closing = new Frame.Closing(CloseCode.RESTART, 1500);
        String data = "{\"code\":1012,\"text\":\"this node goes away, come back\",\"reconnect\":1500}";

        assertEquals(
                new EventParser.Stream(List.of(new Event("parley.closing", data, "k3v9-17")), "k3v9-17", "1500"),
                EventParser.parse(SseCodec.id("k3v9-17"), SseCodec.closing(closing)));
    }

    @Example
    void whoComesAndLeavesIsAnEventEachAndKeepsThePlace() {
        var shared = new Frame.Shared(List.of(
                new Frame.Joined(LOBBY, new Member("Alice\n", 1), 2), new Frame.Left(LOBBY, new Member("Bob", 0), 1)));

        assertEquals(
                new EventParser.Stream(
                        List.of(
                                new Event(
                                        "parley.joined",
                                        "{\"channel\":\"chat:lobby\",\"member\":{\"user\":\"Alice\\n"
                                                + "\",\"sessions\":1},\"count\":2}",
                                        "k3v9-17"),
                                new Event(
                                        "parley.left",
                                        "{\"channel\":\"chat:lobby\",\"member\":{\"user\":\"Bob\",\"sessions\":0},\"count\":1}",
                                        "k3v9-17")),
                        "k3v9-17",
                        ""),
                EventParser.parse(SseCodec.id("k3v9-17"), SseCodec.shared(shared)));
        assertText(
                "event: parley.presence\ndata: {\"channel\":\"chat:lobby\",\"members\":[],\"count\":0}\n\n",
                SseCodec.broadcast(new Frame.Presence(0, LOBBY, List.of(), 0)));
    }

    @Example
    void whatAnAdministratorEndsIsAnEventAndSaysNothingOfComingBack() {
        assertText("""
            event: parley.unsubscribed
            data: {"channel":"chat:lobby","code":4003,"text":"not permitted"}

            """, SseCodec.dismissed(new Frame.Dismissed(LOBBY, ErrorCode.NOT_PERMITTED)));
        assertText("""
            event: parley.closing
            data: {"code":4502,"text":"kicked by an administrator","reconnect":false}

            """, SseCodec.closing(new Frame.Closing(CloseCode.KICKED, Frame.Closing.NEVER)));
    }

    private static String typeOf(Content content) {
        return content.event().isEmpty() ? "message" : content.event();
    }

    private static Message message(Position position, Content content) {
        return new Message(LOBBY, position, content, 99);
    }

    private static void assertText(String expected, byte[] actual) {
        assertEquals(expected, new String(actual, UTF_8));
    }
}
