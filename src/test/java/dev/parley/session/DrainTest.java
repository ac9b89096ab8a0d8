package dev.parley.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.core.User;
import dev.parley.fake.Attendances;
import dev.parley.fake.RecordingTransport;
import dev.parley.protocol.CloseCode;
import dev.parley.protocol.Frame;
import dev.parley.session.ClientSession.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class DrainTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final int CROWD = 50;

    private final Executor threads = task -> Thread.ofVirtual().start(task);
    private final Sessions sessions =
            new Sessions(threads, new Crew(threads), Attendances.any(), CROWD, SECOND, SECOND, SECOND);
    private final AtomicInteger answered = new AtomicInteger();
    private final Drain drain = new Drain(sessions, answered::incrementAndGet);

    @Test
    void everybodyIsToldWhenToComeBackAndIsGone() throws InterruptedException {
        List<RecordingTransport> transports = new ArrayList<>();
        for (int i = 0; i < CROWD; i++) {
            transports.add(open(List.of(Kind.values()).get(i % 3)));
        }
        long start = System.nanoTime();
        drain.finish(Duration.ofMillis(300));

        assertTrue(System.nanoTime() - start > Duration.ofMillis(250).toNanos(), "not all at once");
        assertEquals(0, sessions.count());
        Set<Long> times = new HashSet<>();
        for (RecordingTransport transport : transports) {
            var closing = assertInstanceOf(Frame.Closing.class, transport.take().getLast());
            assertEquals(CloseCode.RESTART, closing.code());
            assertTrue(closing.reconnect() > 0 && closing.reconnect() <= 1000, closing::toString);
            times.add(closing.reconnect());
            assertEquals(Optional.of(CloseCode.RESTART), transport.closed());
        }
        assertTrue(times.size() > CROWD / 2, () -> "each its own: " + times);
    }

    @Test
    void nobodyIsLetInFromTheFirstMomentOn() {
        open(Kind.SSE);
        drain.begin(Duration.ofHours(1));

        assertTrue(sessions.admission().isDraining());
        assertFalse(sessions.enter());
        assertEquals(Optional.empty(), sessions.open(User.ANONYMOUS, Kind.SSE, new RecordingTransport()));
        assertEquals(1, answered.get());
        assertEquals(1, sessions.count(), "who is inside stays until it is its turn");
    }

    @Test
    void drainCanBeHurried() throws InterruptedException {
        RecordingTransport transport = open(Kind.WEBSOCKET);
        drain.begin(Duration.ofHours(1));
        drain.finish(Duration.ZERO);

        assertEquals(Optional.of(CloseCode.RESTART), transport.closed());
    }

    @Test
    void withoutSessionsItIsOverAtOnce() throws InterruptedException {
        drain.finish(Duration.ofHours(1));
        drain.finish(Duration.ofHours(1));

        assertTrue(sessions.admission().isDraining());
    }

    private RecordingTransport open(Kind kind) {
        var transport = new RecordingTransport();
        assertTrue(sessions.open(User.ANONYMOUS, kind, transport).isPresent());
        return transport;
    }
}
