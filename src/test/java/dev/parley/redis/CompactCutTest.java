package dev.parley.redis;

import static dev.parley.contract.BrokerSuite.ROOM;
import static dev.parley.contract.BrokerSuite.soon;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parley.contract.CompactFacts;
import dev.parley.core.Broker;
import dev.parley.core.LogUnavailable;
import dev.parley.core.Message;
import dev.parley.core.Namespace;
import dev.parley.core.Position;
import dev.parley.fault.RedisServer;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A node that misses announcements of a channel of last values finds holes in its log, and takes them for none. */
@Timeout(60)
class CompactCutTest {
    private static final int ROUNDS = 10;

    @Test
    void nodeThatMissedAnnouncementsHasTheStateAndIsToldOfNoLoss() {
        try (var redis = RedisServer.start();
                var north = node("north", redis);
                var south = node("south", redis)) {
            var viewer = new Viewer(CompactFacts.put(south, "a0", "b0", "c0").getLast());
            north.watch(ROOM, viewer);
            for (int round = 1; round <= ROUNDS; round++) {
                redis.say("CLIENT", "KILL", "TYPE", "pubsub");
                for (int i = 0; i < 20; i++) {
                    put(south, "a" + round + i);
                    put(south, "b" + round + i);
                }
                put(south, "c" + round);

                soon(
                        Map.of("a", "\"a" + round + 19 + '"', "b", "\"b" + round + 19 + '"', "c", "\"c" + round + '"'),
                        viewer::state);
            }
            assertEquals(0, viewer.faults());
        }
    }

    /** Again and again, as the publishing node has lost its connection too. */
    private static void put(RedisBroker node, String value) {
        soon(true, () -> isPut(node, value));
    }

    private static boolean isPut(RedisBroker node, String value) {
        try {
            CompactFacts.put(node, value);
            return true;
        } catch (LogUnavailable e) {
            return false;
        }
    }

    private static RedisBroker node(String name, RedisServer redis) {
        Namespace rules = CompactFacts.compact(Namespace.DEFAULT);
        return new RedisBroker(
                new RedisOptions(Address.parse(redis.uri()), "parley", Duration.ofSeconds(5), 100),
                name,
                channel -> rules,
                Thread::startVirtualThread,
                Clock.systemUTC());
    }

    /** Keeps the newest value of each name, and counts what should not happen. */
    private static final class Viewer implements Broker.Watcher {
        private final Map<String, String> state = new HashMap<>(); // guarded by this
        private Position last; // guarded by this
        private int faults; // messages out of order, and restarts; guarded by this

        Viewer(Position head) {
            this.last = head;
        }

        @Override
        public synchronized void appended(Message message) {
            faults += message.offset() > last.offset() ? 0 : 1;
            last = message.position();
            state.put(message.content().event(), message.content().data());
        }

        @Override
        public synchronized void restarted(Position from) {
            faults++;
        }

        @Override
        public void wake() {}

        synchronized Map<String, String> state() {
            return Map.copyOf(state);
        }

        synchronized int faults() {
            return faults;
        }
    }
}
