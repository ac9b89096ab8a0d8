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
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DrainTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final int CROWD = 50;
    private static final int MANY = 10_000;

    private final Executor threads = task -> Thread.ofVirtual().start(task);
    private final Sessions sessions =
            new Sessions(threads, new Crew(threads), Attendances.any(), MANY, SECOND, SECOND, SECOND);
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
    void withoutTimeEverybodyIsToldAtOnceButNotToComeBackAtOnce() throws InterruptedException {
        assertToldApart(CROWD, Duration.ZERO);
    }

    @Test
    void oneClientIsSentAwayToo() throws InterruptedException {
        assertToldApart(1, Duration.ofMillis(100));
    }

    @Test
    void tenThousandAreSentAwayInTimeAndComeBackSpreadOut() throws InterruptedException {
        List<Long> times = assertToldApart(MANY, SECOND);

        int[] tenths = new int[10];
        times.forEach(time -> tenths[(int) ((time - 1) / 100)]++);
        for (int count : tenths) {
            assertTrue(count > MANY / 20 && count < MANY / 5, () -> "a tenth each: " + Arrays.toString(tenths));
        }
    }

    /** @return after how many milliseconds each is to come back */
    private List<Long> assertToldApart(int crowd, Duration over) throws InterruptedException {
        List<RecordingTransport> transports =
                IntStream.range(0, crowd).mapToObj(i -> open(Kind.WEBSOCKET)).toList();
        long start = System.nanoTime();
        drain.finish(over);

        assertTrue(System.nanoTime() - start >= over.toNanos() / 2, "not all at the beginning");
        assertEquals(0, sessions.count());
        List<Long> times = new ArrayList<>();
        for (RecordingTransport transport : transports) {
            var closing = assertInstanceOf(Frame.Closing.class, transport.take().getLast());
            assertTrue(closing.reconnect() >= 1 && closing.reconnect() <= 1000, closing::toString);
            assertEquals(Optional.of(CloseCode.RESTART), transport.closed());
            times.add(closing.reconnect());
        }
        assertTrue(crowd == 1 || Set.copyOf(times).size() > 1, () -> "each its own: " + times);
        return times;
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
