package dev.parley.redis;

import static dev.parley.contract.BrokerSuite.soon;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parley.contract.PresenceContract;
import dev.parley.core.Metrics;
import dev.parley.core.Namespace;
import dev.parley.fake.RecordingPresenceWatcher;
import dev.parley.fake.SettableClock;
import dev.parley.fault.RedisServer;
import dev.parley.fault.breaking.Relay;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(60)
class RedisPresenceTest implements PresenceContract {
    @RegisterExtension
    private static final Started STARTED = new Started();

    private static final AtomicInteger PREFIXES = new AtomicInteger();

    private static RedisServer redis;

    private final String prefix = "test" + PREFIXES.incrementAndGet();
    private final SettableClock clock = new SettableClock();
    private RedisBroker broker;

    @BeforeAll
    static void start() {
        redis = STARTED.server(RedisServer.start());
    }

    @BeforeEach
    void connect() {
        broker = node("north");
    }

    private RedisBroker node(String name) {
        return node(name, redis.uri());
    }

    private RedisBroker node(String name, String uri) {
        var options = new RedisOptions(Address.parse(uri), prefix, Duration.ofSeconds(5), 100);
        return STARTED.node(name, options, channel -> Namespace.DEFAULT, clock, Metrics.NONE);
    }

    @Override
    public RedisPresence presence() {
        return (RedisPresence) broker.presence();
    }

    @Override
    public void pass(Duration time) {
        clock.move(time);
        presence().sweep();
    }

    @Override
    public void settle() {
        soon(true, () -> presence().hasReportedAll(ROOM));
    }

    @Test
    void othersSeeWhoCame() {
        RedisBroker south = node("south");
        var watcher = new RecordingPresenceWatcher();
        presence().watch(ROOM, watcher);
        settle();
        south.presence().join(ROOM, "a1", ALICE);

        assertHears(List.of("+alice"), watcher);
    }

    private static void assertHears(List<String> expected, RecordingPresenceWatcher watcher) {
        var heard = new ArrayList<String>();
        soon(expected, () -> {
            heard.addAll(watcher.take());
            return heard;
        });
    }

    /** The list that a follower is told is read while its node's subscription is still under way. */
    @Test
    void whoComesBeforeTheNodeIsSubscribedIsToldAsComing() {
        Relay relay = STARTED.server(new Relay());
        relay.leadTo(redis.port());
        RedisBroker south = node("south", "redis://127.0.0.1:" + relay.port());
        soon(true, south::isAvailable);
        relay.become(new Relay.Weather.Holding("SUBSCRIBE"));
        var watcher = new RecordingPresenceWatcher();
        south.presence().watch(ROOM, watcher);
        assertEquals(0, south.presence().members(ROOM, 0).count());
        presence().join(ROOM, "b1", BOB);
        presence().join(ROOM, "a1", ALICE);
        soon(2, () -> south.presence().members(ROOM, 0).count());
        relay.clearUp();

        assertHears(List.of("+alice", "+bob"), watcher);
    }

    @Test
    void membersOfALostNodeLeaveOnceWhenTheirLeasesEnd() {
        var watcher = new RecordingPresenceWatcher();
        presence().watch(ROOM, watcher);
        presence().join(ROOM, "b1", BOB);
        RedisBroker south = node("south");
        south.presence().join(ROOM, "a1", ALICE);
        south.presence().join(ROOM, "a2", ALICE);
        south.presence().members(ROOM, 0); // all of it has arrived
        south.close();
        settle();
        watcher.take();
        pass(RedisPresence.LEASE.minusSeconds(1));
        presence().renew();
        settle();
        assertEquals(2, presence().members(ROOM, 0).count());
        pass(Duration.ofSeconds(2));
        pass(Duration.ofSeconds(2));
        settle();

        assertEquals(List.of("-alice"), watcher.take());
        assertEquals(1, presence().members(ROOM, 0).count());
    }

    @Test
    void emptiedRedisIsToldAgainWhoIsThere() {
        var watcher = new RecordingPresenceWatcher();
        presence().watch(ROOM, watcher);
        settle();
        presence().join(ROOM, "a1", ALICE);
        presence().join(ROOM, "b1", BOB);
        settle();
        redis.say("FLUSHALL");
        presence().renew();
        settle();

        assertEquals(2, presence().members(ROOM, 0).count());
    }
}
