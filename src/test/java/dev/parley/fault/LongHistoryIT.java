package dev.parley.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.core.ChannelName;
import dev.parley.core.Content;
import dev.parley.core.Metrics;
import dev.parley.core.Namespace;
import dev.parley.core.Position;
import dev.parley.embedded.DurableBroker;
import dev.parley.wire.client.Doc;
import dev.parley.wire.client.Wire;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * A page from the middle of a long log costs what one of a short log does, and so does a message alone. {@code
 * -Dit.messages=1000000} is the long form.
 */
@Isolated
class LongHistoryIT {
    private static final int LONG = Integer.getInteger("it.messages", 100_000);
    private static final int SHORT = 1000;
    private static final int LIMIT = 100;
    private static final int LOOKS = 300;
    private static final long LOG_SIZE = 1L << 30;
    private static final String FILLING = "x".repeat(120);

    /** Reading the long log through, or looking for the place from one end, would cost a hundred times as much. */
    private static final int FACTOR = 3;

    private static final Duration NOISE = Duration.ofMillis(2);

    private final Random random = new Random(7);

    @TempDir
    private Path data;

    @Test
    void aPageCostsWhatItHoldsAndNotWhatTheLogDoes() {
        Position shortHead;
        Position longHead;
        try (DurableBroker broker = open()) {
            shortHead = fill(broker, "chat:short", SHORT);
            longHead = fill(broker, "chat:long", LONG);
        }
        try (var server = ParleyProcess.start(
                        ParleyProcess.FULL_SPEED,
                        "-Dparley.data=" + data,
                        "-Dparley.namespace.chat.history=" + LONG,
                        "-Dparley.namespace.chat.history-bytes=" + LOG_SIZE);
                var wire = new Wire(server.base())) {
            for (Way way : Way.values()) {
                compare(wire, way, shortHead, longHead);
            }
        }
    }

    private void compare(Wire wire, Way way, Position shortHead, Position longHead) {
        var small = new ArrayList<Duration>();
        var large = new ArrayList<Duration>();
        for (int i = 0; i < 2 * LOOKS; i++) {
            Duration one = look(wire, way, "chat:short", shortHead);
            Duration other = look(wire, way, "chat:long", longHead);
            if (i >= LOOKS) { // warm by now
                small.add(one);
                large.add(other);
            }
        }
        String seen = "%s of %d messages %d us, of %d messages %d us (median of %d)"
                .formatted(
                        way,
                        SHORT,
                        median(small).toNanos() / 1000,
                        LONG,
                        median(large).toNanos() / 1000,
                        LOOKS);
        System.out.println(seen);
        assertTrue(median(large).compareTo(median(small).multipliedBy(FACTOR).plus(NOISE)) <= 0, seen);
    }

    /** Asks for a place in the middle half of a log, and checks that the answer is what stands there. */
    private Duration look(Wire wire, Way way, String channel, Position head) {
        long offset = head.offset() / 4 + random.nextLong(head.offset() / 2);
        String path = Wire.messages(channel) + way.ask(head.at(offset));
        long start = System.nanoTime();
        Doc answer = wire.get(path).expect(200).doc();
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        assertEquals(way.expected(offset), way.found(answer));
        return took;
    }

    private DurableBroker open() {
        Namespace rules =
                new Namespace(LONG, Duration.ofHours(24), LOG_SIZE, Namespace.SlowReader.CLOSE, Duration.ofMinutes(5));
        return DurableBroker.open(data, name -> rules, 10, Clock.systemUTC(), Metrics.NONE);
    }

    /** Each message says which one it is. */
    private static Position fill(DurableBroker broker, String channel, int count) {
        var name = new ChannelName(channel);
        Position head = null;
        for (int number = 1; number <= count; number++) {
            var content = new Content('"' + Integer.toString(number) + ' ' + FILLING + '"', "", "");
            head = broker.append(name, content, Optional.empty()).position();
        }
        if (head == null) {
            throw new IllegalArgumentException("nothing to fill with");
        }
        return head;
    }

    private static Duration median(List<Duration> of) {
        Collections.sort(of);
        return of.get(of.size() / 2);
    }

    private enum Way {
        PAGE_AFTER("?limit=" + LIMIT + "&after="),
        PAGE_BEFORE("?limit=" + LIMIT + "&before="),
        MESSAGE_ALONE("/");

        private final String path;

        Way(String path) {
            this.path = path;
        }

        String ask(Position position) {
            return path + position;
        }

        List<Long> expected(long offset) {
            return switch (this) {
                case PAGE_AFTER -> numbers(offset + 1, offset + LIMIT);
                case PAGE_BEFORE -> numbers(offset - LIMIT, offset - 1);
                case MESSAGE_ALONE -> List.of(offset);
            };
        }

        List<Long> found(Doc answer) {
            List<Doc> messages = this == MESSAGE_ALONE ? List.of(answer) : answer.docs("messages");
            return messages.stream()
                    .map(message -> message.text("data"))
                    .map(text -> Long.parseLong(text.substring(0, text.indexOf(' '))))
                    .toList();
        }

        private static List<Long> numbers(long first, long last) {
            return LongStream.rangeClosed(first, last).boxed().toList();
        }
    }
}
