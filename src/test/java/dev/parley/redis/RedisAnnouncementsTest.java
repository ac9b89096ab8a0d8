package dev.parley.redis;

import static dev.parley.contract.BrokerSuite.publish;
import static dev.parley.contract.BrokerSuite.soon;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.core.ChannelName;
import dev.parley.core.Position;
import dev.parley.fake.RecordingWatcher;
import dev.parley.fault.RedisServer;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What two nodes with readers of one channel ask Redis for, counted by Redis. */
@Timeout(60)
class RedisAnnouncementsTest {
    private static final ChannelName ROOM = new ChannelName("chat:lobby");
    private static final Pattern SCRIPTS = Pattern.compile("cmdstat_eval(?:sha)?:calls=(\\d+)");

    @RegisterExtension
    private static final Started STARTED = new Started();

    private final RecordingWatcher northern = new RecordingWatcher();
    private final RecordingWatcher southern = new RecordingWatcher();
    private RedisServer redis;
    private RedisBroker south;
    private Position first;

    @BeforeEach
    void startAndCount() {
        redis = STARTED.server(RedisServer.start());
        RedisBroker north = STARTED.node("north", redis.uri(), Duration.ofSeconds(5));
        south = STARTED.node("south", redis.uri(), Duration.ofSeconds(5));
        soon(true, north::isAvailable);
        soon(true, south::isAvailable);
        north.watch(ROOM, northern);
        south.watch(ROOM, southern);
        first = publish(south, ROOM, "1"); // asks for more: the channel is new, and so is the script to Redis
        reach(List.of(first));
        redis.say("CONFIG", "RESETSTAT");
    }

    @Test
    void messageCostsOneScriptHoweverManyNodesReadIt() {
        List<Position> more = publish(south, ROOM, 50);
        reach(more);

        assertEquals(50, scripts(), "appends alone: what was announced is not asked for");
    }

    @Test
    void holeBetweenTwoAnnouncementsIsReadBeforeReadersGoOn() {
        appendUnheard();
        assertEquals(1, scripts());
        Position third = publish(south, ROOM, "3");

        assertEquals(first.at(3), third);
        reach(List.of(first.at(2), third));
        assertTrue(scripts() >= 4, "each of the two nodes has read the log");
    }

    private void reach(List<Position> last) {
        for (RecordingWatcher each : List.of(northern, southern)) {
            soon(last, () -> {
                List<Position> heard = each.positions();
                return heard.subList(Math.max(0, heard.size() - last.size()), heard.size());
            });
            List<Position> all = each.positions();
            for (int i = 0; i < all.size(); i++) {
                assertEquals(first.at(i + 1), all.get(i), "each once, in order");
            }
        }
    }

    /** As a node appends, but announced where nobody hears it. */
    private void appendUnheard() {
        String[] keys = {"parley:{chat:lobby}:meta", "parley:{chat:lobby}:log", "parley:{chat:lobby}:names"};
        String now = String.valueOf(System.currentTimeMillis());
        String never = String.valueOf(Long.MAX_VALUE / 2);
        String year = String.valueOf(Duration.ofDays(365).toMillis());
        String answer = redis.say(
                "EVAL",
                script(),
                "3",
                keys[0],
                keys[1],
                keys[2],
                now,
                never,
                "life",
                "0",
                "0",
                "1",
                "1000",
                year,
                "1000000",
                year,
                "PUBLISH",
                "elsewhere",
                "\"2\"",
                "",
                "",
                "0");
        assertTrue(answer.startsWith(first.epoch()), answer);
    }

    private static String script() {
        try (InputStream text = Script.class.getResourceAsStream("append.lua")) {
            assertNotNull(text);
            return new String(text.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** How many scripts Redis has run since it began to count. */
    private long scripts() {
        long calls = 0;
        Matcher found = SCRIPTS.matcher(redis.say("INFO", "commandstats"));
        while (found.find()) {
            calls += Long.parseLong(found.group(1));
        }
        return calls;
    }
}
