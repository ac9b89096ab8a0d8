package dev.parley.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parley.wire.client.Seen;
import dev.parley.wire.client.Way;
import dev.parley.wire.client.Wire;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A position got in one way of reading is good in every other: nothing is lost, nothing comes twice. */
class RecoveryIT extends WireSuite {
    private final String channel = channel();

    RecoveryIT(Wire wire) {
        super(wire);
    }

    static Stream<Arguments> pairs() {
        return Arrays.stream(Way.values())
                .flatMap(first -> Arrays.stream(Way.values()).map(second -> Arguments.of(first, second)));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void aReaderMayChangeItsTransportBetweenTwoMessages(Way first, Way second) {
        publishNumbers(channel, 6);

        List<Seen> before = first.read(wire, channel, "earliest", 3);
        List<Seen> after = second.read(wire, channel, before.getLast().position(), 3);

        assertEquals(numbers(1, 3), data(before.stream()));
        assertEquals(numbers(4, 6), data(after.stream()));
    }

    @Test
    void everyWayGivesAMessageTheSamePosition() {
        List<String> published = publishNumbers(channel, 4);

        for (Way way : Way.values()) {
            List<Seen> seen = way.read(wire, channel, "earliest", 4);
            assertEquals(published, seen.stream().map(Seen::position).toList(), way::toString);
        }
    }

    @Test
    void whereAReaderOfAnEmptyChannelStandsIsAPosition() {
        String subscribed = session().subscribe(channel).text("position");
        String polled = wire.get("poll?channel=" + Wire.encoded(channel))
                .expect(200)
                .doc()
                .text("cursor");
        String streamed = events("events/" + Wire.encoded(channel)).next().id();
        publishNumbers(channel, 2);

        for (String position : List.of(subscribed, polled, streamed)) {
            for (Way way : Way.values()) {
                assertEquals(numbers(1, 2), data(way.read(wire, channel, position, 2).stream()), way::toString);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void withRandomDisconnectsEveryMessageComesExactlyOnceInOrder(long seed) throws Exception {
        int count = 200;
        List<Way> ways = List.of(Way.values());
        var random = new Random(seed);
        String position = session().subscribe(channel).text("position");
        var seen = new ArrayList<Seen>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var publishing = threads.submit(() -> {
                for (int i = 1; i <= count; i++) {
                    wire.publish(channel, i);
                }
            });
            while (seen.size() < count) {
                Way way = ways.get(random.nextInt(ways.size()));
                int most = Math.min(1 + random.nextInt(20), count - seen.size());
                seen.addAll(way.read(wire, channel, position, most));
                position = seen.isEmpty() ? position : seen.getLast().position();
            }
            Wire.within(publishing, "publishing");
        }

        assertEquals(numbers(1, count), data(seen.stream()), "seed " + seed);
    }

    private static List<Object> data(Stream<Seen> seen) {
        return seen.map(Seen::data).toList();
    }
}
