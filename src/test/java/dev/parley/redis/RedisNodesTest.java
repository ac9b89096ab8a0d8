package dev.parley.redis;

import static dev.parley.contract.BrokerSuite.publish;
import static dev.parley.contract.BrokerSuite.soon;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.core.ChannelName;
import dev.parley.core.LogUnavailable;
import dev.parley.core.Nodes.Answers;
import dev.parley.core.Position;
import dev.parley.fake.RecordingWatcher;
import dev.parley.fault.RedisServer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Nodes that ask each other. */
@Timeout(60)
class RedisNodesTest {
    private static final ChannelName ROOM = new ChannelName("chat:lobby");
    private static final String QUESTION = "kick a b\nsecond line …";
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    @RegisterExtension
    private static final Started STARTED = new Started();

    private final Map<String, RedisBroker> nodes = new HashMap<>();
    private RedisServer redis;

    @BeforeEach
    void start() {
        redis = STARTED.server(RedisServer.start());
        for (String name : List.of("north", "south", "west")) {
            nodes.put(name, node(name));
        }
        nodes.values().forEach(node -> soon(2, () -> others(node)));
    }

    private RedisBroker node(String name) {
        RedisBroker broker = STARTED.node(name, redis.uri(), TIMEOUT);
        broker.nodes().answer(question -> name + " was asked: " + question);
        return broker;
    }

    private RedisBroker at(String name) {
        return Objects.requireNonNull(nodes.get(name));
    }

    private static int others(RedisBroker node) {
        return ((RedisNodes) node.nodes()).count();
    }

    private Answers ask(String name) {
        return at(name).nodes().ask(QUESTION);
    }

    private static Set<String> sorted(List<String> texts) {
        return new TreeSet<>(texts);
    }

    @Test
    void allOthersAnswerOnce() {
        assertEquals(
                new TreeSet<>(List.of("north was asked: " + QUESTION, "west was asked: " + QUESTION)),
                sorted(ask("south").texts()));
        assertEquals(2, ask("south").texts().size());
        assertEquals(List.of(), ask("south").missing());
    }

    @Test
    void loneNodeWaitsForNobody() {
        at("north").close();
        at("west").close();
        soon(0, () -> others(at("south")));

        long start = System.nanoTime();
        assertEquals(new Answers(List.of(), List.of()), ask("south"));
        assertTrue(System.nanoTime() - start < TIMEOUT.toNanos());
    }

    @Test
    void nodeThatDoesNotAnswerIsNamed() {
        var late = new CountDownLatch(1);
        at("west").nodes().answer(question -> {
            try {
                late.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return "late";
        });
        Answers answers = ask("north");
        late.countDown();

        assertEquals(List.of("south was asked: " + QUESTION), answers.texts());
        assertEquals(List.of("west"), answers.missing());
    }

    @Test
    void nodeThatFailsToAnswerIsNamed() {
        at("west").nodes().answer(question -> {
            throw new IllegalArgumentException("what?");
        });

        assertEquals(List.of("west"), ask("north").missing());
    }

    @Test
    void nodeThatLeavesIsNotMissed() {
        at("west").close();
        soon(1, () -> others(at("north")));

        assertEquals(List.of(), ask("north").missing());
    }

    @Test
    void newNodeKnowsTheOthersSoon() {
        nodes.put("east", node("east"));

        soon(3, () -> others(at("east")));
        assertEquals(3, ask("east").texts().size());
    }

    @Test
    void twoNodesMayHaveOneName() {
        nodes.put("second north", node("north"));
        soon(3, () -> others(at("north")));

        assertTrue(ask("north").texts().contains("north was asked: " + QUESTION));
    }

    @Test
    void nodeWithOtherSettingsIsCountedByAllAndByItself() {
        RedisBroker other = STARTED.node("east", new RedisOptions(Address.parse(redis.uri()), "parley", TIMEOUT, 99));

        soon(3, () -> differing(other));
        nodes.values().forEach(node -> soon(1, () -> differing(node)));
        other.close();
        nodes.values().forEach(node -> soon(0, () -> differing(node)));
    }

    private static int differing(RedisBroker node) {
        return ((RedisNodes) node.nodes()).differing();
    }

    @Test
    void nobodyIsAskedWhileRedisIsAway() {
        redis.kill();
        soon(false, at("north")::isInTouch);
        assertThrows(LogUnavailable.class, () -> ask("north"));
        redis.restart();
        nodes.values().forEach(node -> soon(true, node::isInTouch));

        nodes.values().forEach(node -> soon(2, () -> others(node)));
    }

    @Test
    void askingWorksWithARedisThatCannotBeWritten() {
        redis.say("CONFIG", "SET", "maxmemory", "1");
        soon(false, at("north")::isAvailable);

        assertEquals(2, ask("north").texts().size());
    }

    @Test
    void clearedLogIsForgottenByTheWatchersOfAllNodes() {
        var watcher = new RecordingWatcher();
        at("south").watch(ROOM, watcher);
        Position third = publish(at("north"), ROOM, 3).getLast();
        soon(3, () -> watcher.heard().size());
        at("west").logs().clear(ROOM);
        soon(List.of(third), watcher::restarts);
        at("west").logs().clear(ROOM);
        Position fourth = publish(at("north"), ROOM, "4");

        soon(fourth, () -> watcher.positions().getLast());
        assertEquals(third.at(4), fourth);
        assertEquals(List.of(third), watcher.restarts());
    }
}
