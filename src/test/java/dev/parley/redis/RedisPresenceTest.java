package dev.parley.redis;

import static dev.parley.contract.BrokerSuite.soon;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parley.contract.PresenceContract;
import dev.parley.core.Metrics;
import dev.parley.core.Namespace;
import dev.parley.fake.RecordingPresenceWatcher;
import dev.parley.fake.SettableClock;
import dev.parley.fault.RedisServer;
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
        var options = new RedisOptions(Address.parse(redis.uri()), prefix, Duration.ofSeconds(5), 100);
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
        var heard = new ArrayList<String>();

        soon(List.of("+alice"), () -> {
            heard.addAll(watcher.take());
            return heard;
        });
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
