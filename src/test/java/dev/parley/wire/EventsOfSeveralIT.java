package dev.parley.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.wire.client.Block;
import dev.parley.wire.client.Code;
import dev.parley.wire.client.Doc;
import dev.parley.wire.client.SseClient;
import dev.parley.wire.client.Wire;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code GET /events?channel=…&channel=…}, several channels over one connection. */
class EventsOfSeveralIT extends WireSuite {
    private final String one = channel();
    private final String two = channel();

    EventsOfSeveralIT(Wire wire) {
        super(wire);
    }

    private static String query(String... channels) {
        return Stream.of(channels)
                .map(channel -> "channel=" + Wire.encoded(channel))
                .collect(Collectors.joining("&"));
    }

    private SseClient stream(String... headers) {
        return events("events?" + query(one, two), headers);
    }

    @Test
    void anEventIsTheWholeMessage() {
        SseClient stream = stream();
        Doc published = session("?name=Ann").ask("publish", "channel", two, "data", "x", "event", "news");

        Doc message = stream.event().doc();

        assertEquals(two, message.text("channel"));
        assertEquals(published.text("position"), message.text("position"));
        assertEquals("x", message.text("data"));
        assertEquals("news", message.text("event"));
        assertEquals("Ann", message.text("from"));
        assertTrue(message.number("time") > 0);
    }

    @Test
    void theIdIsThePositionsInTheOrderOfTheRequest() {
        SseClient stream = stream();
        stream.next();

        String first = wire.publish(two, 1);
        Block event = stream.event();
        assertEquals(first, event.id().split(",", -1)[1]);

        String second = wire.publish(one, 2);
        assertEquals(second + "," + first, stream.event().id());
    }

    @Test
    void theCursorBringsEveryChannelBackToItsPlace() {
        SseClient stream = stream();
        wire.publish(one, "a1");
        wire.publish(two, "b1");
        String cursor = stream.events(2).getLast().id();
        stream.close();
        wire.publish(two, "b2");
        wire.publish(one, "a2");
        wire.publish(one, "a3");

        List<Doc> missed = stream("Last-Event-ID", cursor).events(3).stream()
                .map(Block::doc)
                .toList();

        assertEquals(List.of("a2", "a3"), of(one, missed));
        assertEquals(List.of("b2"), of(two, missed));
    }

    @Test
    void lastEventIdBeatsAfter() {
        List<String> ones = publishNumbers(one, 3);
        List<String> twos = publishNumbers(two, 3);
        String after = "events?after=" + ones.get(0) + "," + twos.get(0) + "&" + query(one, two);

        List<Doc> byHeader = events(after, "Last-Event-ID", ones.get(1) + "," + twos.get(1)).events(2).stream()
                .map(Block::doc)
                .toList();
        List<Doc> byQuery = events(after).events(4).stream().map(Block::doc).toList();

        assertEquals(numbers(3, 3), of(one, byHeader));
        assertEquals(numbers(3, 3), of(two, byHeader));
        assertEquals(numbers(2, 3), of(one, byQuery));
        assertEquals(numbers(2, 3), of(two, byQuery));
        wire.get(after, "Last-Event-ID", ones.get(1)).problem(Code.BAD_POSITION);
        wire.get(after, "Last-Event-ID", ones.get(1) + "," + twos.get(1) + "," + twos.get(1))
                .problem(Code.BAD_POSITION);
    }

    @Test
    void theFirstBlocksIdIsACursorToo() {
        publishNumbers(one, 3);
        String cursor = stream().next().id();
        wire.publish(one, "a");
        wire.publish(two, "b");

        List<Doc> missed = stream("Last-Event-ID", cursor).events(2).stream()
                .map(Block::doc)
                .toList();

        assertEquals(List.of("a"), of(one, missed));
        assertEquals(List.of("b"), of(two, missed));
    }

    @Test
    void aWordStandsForAllChannels() {
        publishNumbers(one, 2);
        publishNumbers(two, 2);

        List<Doc> all = events("events?after=earliest&" + query(one, two)).events(4).stream()
                .map(Block::doc)
                .toList();

        assertEquals(numbers(1, 2), of(one, all));
        assertEquals(numbers(1, 2), of(two, all));
    }

    @Test
    void aPositionAndAWordMakeACursorToo() {
        String first = publishNumbers(one, 2).getFirst();
        publishNumbers(two, 2);

        List<Doc> all = events("events?after=" + first + ",earliest&" + query(one, two)).events(3).stream()
                .map(Block::doc)
                .toList();

        assertEquals(numbers(2, 2), of(one, all));
        assertEquals(numbers(1, 2), of(two, all));
    }

    @Test
    void asManyChannelsAsAllowedWorkTogether() {
        var channels = new ArrayList<String>();
        while (channels.size() < Configured.CHANNELS_PER_STREAM) {
            channels.add(channel());
        }
        SseClient stream = events("events?" + query(channels.toArray(String[]::new)));

        for (String channel : channels) {
            wire.publish(channel, channel);
            assertEquals(channel, stream.event().doc().text("data"));
        }
    }

    private static List<Object> of(String channel, List<Doc> messages) {
        return data(messages.stream()
                .filter(message -> message.text("channel").equals(channel))
                .toList());
    }
}
