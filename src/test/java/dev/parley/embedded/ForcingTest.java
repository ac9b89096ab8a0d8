package dev.parley.embedded;

import static dev.parley.contract.BrokerSuite.MANY;
import static dev.parley.contract.BrokerSuite.ROOM;
import static dev.parley.contract.BrokerSuite.publish;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.core.Metrics.Work;
import dev.parley.core.Namespace;
import dev.parley.fake.SettableClock;
import dev.parley.fake.WorkCounts;
import dev.parley.fault.Eventually;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** What {@code fsync=1s} promises. */
@ResourceLock(CrashFiles.RESOURCE)
class ForcingTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    private final SettableClock clock = new SettableClock();
    private final WorkCounts counts = new WorkCounts();
    private final CountDownLatch held = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);
    private final Thread sweeper = Thread.ofPlatform().unstarted(this::sweep);

    @TempDir
    private Path temporary;

    private StoreFiles files;
    private Store store;
    private DurableBroker broker;

    @BeforeEach
    void open() throws IOException {
        DataFolder folder = DataFolder.hold(temporary.resolve("data"));
        String names = CrashFiles.in(folder, this::holdSweeper);
        files = StoreFiles.open(folder, names, "this start", name -> Namespace.DEFAULT, counts);
        store = new Store(files, name -> Namespace.DEFAULT, MANY, clock, counts);
        broker = new DurableBroker(store, clock);
    }

    @AfterEach
    void close() throws InterruptedException {
        released.countDown();
        sweeper.join();
        CrashFiles.endTelling();
        broker.close();
    }

    @Test
    void theForceOfEachSecondDoesNotWaitForASweep() throws InterruptedException {
        publish(broker, ROOM, 3);
        store.upkeep().flush();
        clock.move(Namespace.DEFAULT.historyAge().plusSeconds(1));
        sweeper.start();
        held.await();
        publish(broker, ROOM, "while the archive is being written");
        int before = counts.done(Work.JOURNAL_FORCE);

        store.upkeep().start();

        Eventually.holds(() -> "a force", LONG, () -> counts.done(Work.JOURNAL_FORCE) > before);
        assertTrue(sweeper.isAlive());
    }

    @Test
    void whatIsForcedAlreadyIsNotForcedAgain() throws IOException {
        publish(broker, ROOM, 3); // the first is, as it marks the channel
        int before = counts.done(Work.JOURNAL_FORCE);

        files.journal().force();
        files.journal().force();

        assertEquals(before + 1, counts.done(Work.JOURNAL_FORCE));
    }

    private void sweep() {
        store.upkeep().sweep();
    }

    /** At its first change of a file. */
    private void holdSweeper() {
        if (Thread.currentThread() == sweeper) {
            held.countDown();
            try {
                released.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }
}
