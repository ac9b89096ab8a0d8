package dev.parley.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.core.Hub.Joined;
import dev.parley.fake.Visits;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The first reader of a channel has to wait for a broker that is far away. */
@Timeout(30)
class OpeningTest {
    private static final ChannelName ROOM = new ChannelName("chat:lobby");
    private static final Position HEAD = new Position("life", 7);

    private final FarBroker broker = new FarBroker();
    private final Hub hub = new Hub(broker, name -> Namespace.DEFAULT, Visits.AT_ONCE);

    @Test
    void reportsBeforeTheHeadIsToldAreNotLost() throws Exception {
        CompletableFuture<Joined> joining = async(this::join);
        broker.asked.await();
        broker.report(8);
        broker.report(9);
        broker.answer.complete(HEAD);
        Joined joined = joining.get(10, TimeUnit.SECONDS);
        broker.report(10);

        assertEquals(HEAD.at(9), joined.head());
        assertEquals(List.of(HEAD.at(10)), next(joined));
    }

    @Test
    void reportIsTakenWhileAWatchIsUnderWay() throws Exception {
        CompletableFuture<Joined> joining = async(this::join);
        broker.asked.await();
        CompletableFuture<Void> report = CompletableFuture.runAsync(() -> broker.report(8));

        report.get(10, TimeUnit.SECONDS);
        assertFalse(joining.isDone());
        broker.answer.complete(HEAD);
        joining.get(10, TimeUnit.SECONDS);
    }

    @Test
    void failedWatchIsToldToAllWhoWaitAndLeavesNothing() throws Exception {
        List<CompletableFuture<Joined>> joining = List.of(async(this::join), async(this::join), async(this::join));
        broker.asked.await();
        broker.answer.completeExceptionally(new LogUnavailable("cut off"));

        for (CompletableFuture<Joined> one : joining) {
            var failure = assertThrows(Exception.class, () -> one.get(10, TimeUnit.SECONDS));
            assertTrue(failure.getCause() instanceof LogUnavailable, failure.toString());
        }
        assertEquals(0, hub.watchedChannels());
        broker.answer = CompletableFuture.completedFuture(HEAD);
        assertEquals(HEAD, join().head());
    }

    @Test
    void newLifeOfTheLogIsSeenWithoutAMessage() {
        broker.answer.complete(HEAD);
        Joined joined = join();
        var born = new Position("next", 0);
        broker.head = born;
        broker.watcher().restarted(born);

        assertTrue(joined.subscription().isBehind());
        Slice slice = joined.subscription().next(10);
        assertTrue(slice.missedAfter(HEAD));
        assertEquals(born, join().head());
        assertFalse(join().subscription().isBehind());
    }

    @Test
    void whoAsksForTheLatestOutOfTouchIsRefused() {
        broker.answer.complete(HEAD);
        join();
        broker.inTouch = false;

        assertThrows(LogUnavailable.class, this::join);
        assertEquals(1, hub.subscribers(ROOM));
    }

    @Test
    void latestIsWhatTheLogSaysAlsoWhereItHasNotBeenReportedYet() {
        broker.answer.complete(HEAD);
        join();
        broker.head = HEAD.at(9);
        Joined joined = join();

        assertEquals(HEAD.at(9), joined.head());
        assertEquals(HEAD.at(9), joined.subscription().cursor());
        assertFalse(joined.subscription().isBehind(), "it would ask the log again and again");
        broker.report(8);
        broker.report(9);
        assertFalse(joined.subscription().isBehind());
        broker.report(10);
        assertEquals(List.of(HEAD.at(10)), next(joined));
    }

    @Test
    void latestIsWhatWasReportedMeanwhileIfThatIsNewer() {
        broker.answer.complete(HEAD);
        join();
        broker.report(8); // after the log was asked, as it were

        Joined joined = join();
        assertEquals(HEAD.at(8), joined.head());
        assertEquals(HEAD.at(8), joined.subscription().cursor());
    }

    private Joined join() {
        return hub.subscribe(ROOM, Start.LATEST, () -> {});
    }

    private static List<Position> next(Joined joined) {
        return joined.subscription().next(10).messages().stream()
                .map(Message::position)
                .toList();
    }

    private static <T> CompletableFuture<T> async(Supplier<T> task) {
        var result = new CompletableFuture<T>();
        Thread.ofVirtual().start(() -> {
            try {
                result.complete(task.get());
            } catch (RuntimeException e) {
                result.completeExceptionally(e);
            }
        });
        return result;
    }

    /** Tells the head when the test says so. Its log holds nothing but its head. */
    private static final class FarBroker implements Broker {
        final CountDownLatch asked = new CountDownLatch(1);
        volatile CompletableFuture<Position> answer = new CompletableFuture<>();
        volatile Position head = HEAD;
        volatile boolean inTouch = true;
        private final CompletableFuture<Watcher> watcher = new CompletableFuture<>();

        Watcher watcher() {
            return watcher.join();
        }

        void report(long offset) {
            watcher().appended(new Message(ROOM, HEAD.at(offset), new Content("1", "", ""), 0));
            watcher().wake();
        }

        @Override
        public Position watch(ChannelName channel, Watcher newWatcher) {
            watcher.complete(newWatcher);
            asked.countDown();
            try {
                return answer.join();
            } catch (CompletionException e) {
                throw (RuntimeException) e.getCause();
            }
        }

        @Override
        public Slice after(ChannelName channel, Start after, int limit) {
            return new Slice(head, List.of(), head, false);
        }

        @Override
        public Appended append(ChannelName channel, Content content, Optional<PublishKey> key) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Slice before(ChannelName channel, Start before, int limit) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<Message> at(ChannelName channel, Position position) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void unwatch(ChannelName channel, Watcher oldWatcher) {}

        @Override
        public boolean isAvailable() {
            return inTouch;
        }

        @Override
        public boolean isInTouch() {
            return inTouch;
        }

        @Override
        public void close() {}
    }
}
