package dev.parley.embedded;

import static dev.parley.contract.BrokerSuite.ROOM;
import static dev.parley.contract.BrokerSuite.forcing;
import static dev.parley.contract.BrokerSuite.numbers;
import static dev.parley.contract.BrokerSuite.publish;
import static dev.parley.contract.BrokerSuite.texts;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.core.GuardedMetrics;
import dev.parley.core.Metrics;
import dev.parley.core.Metrics.Work;
import dev.parley.core.Namespace.Fsync;
import dev.parley.core.Start;
import dev.parley.fake.WorkCounts;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the log on disk tells of its work. */
class JournalMetricsTest {
    @TempDir
    private Path temporary;

    private final Disks disks = new Disks();
    private final WorkCounts counts = new WorkCounts();

    private DurableBroker open(Fsync fsync, Metrics metrics) {
        disks.rules = forcing(fsync);
        disks.metrics = metrics;
        return disks.open(temporary.resolve("data"));
    }

    @AfterEach
    void close() {
        disks.close();
    }

    @Test
    void eachCommitIsTimedAndEachForce() {
        DurableBroker broker = open(Fsync.ALWAYS, counts);
        publish(broker, ROOM, 3);

        assertEquals(3, counts.done(Work.JOURNAL_COMMIT));
        assertEquals(3, counts.done(Work.JOURNAL_FORCE));
    }

    @Test
    void whatIsNotForcedIsNotTimedAsSuch() {
        DurableBroker broker = open(Fsync.NEVER, counts);
        publish(broker, ROOM, 3);

        assertEquals(3, counts.done(Work.JOURNAL_COMMIT));
        assertEquals(1, counts.done(Work.JOURNAL_FORCE), "the mark that the channel may lose messages");
    }

    @Test
    void readingIsTimedWhereItNeedsTheDisk() {
        DurableBroker broker = open(Fsync.SECOND, counts);
        publish(broker, ROOM, 3);
        broker.after(ROOM, Start.EARLIEST, 10);
        assertEquals(0, counts.done(Work.JOURNAL_READ));
        disks.store().upkeep().flush();
        broker.after(ROOM, Start.EARLIEST, 10);
        broker.after(ROOM, Start.LATEST, 10);

        assertEquals(1, counts.done(Work.JOURNAL_READ));
    }

    @Test
    void sizeIsTold() {
        DurableBroker broker = open(Fsync.SECOND, counts);
        long empty = broker.bytes();
        publish(broker, ROOM, 100);
        assertTrue(broker.bytes() >= empty + 100 * 32, () -> empty + " and then " + broker.bytes());
        assertEquals(0, broker.messages());
        disks.store().upkeep().flush();

        assertEquals(100, broker.messages());
    }

    @Test
    void metricsThatFailBreakNothing() {
        Metrics broken = new Metrics() {
            @Override
            public void took(Work work, long nanos) {
                throw new IllegalStateException("a metric that fails");
            }
        };
        DurableBroker broker = open(Fsync.ALWAYS, new GuardedMetrics(broken));
        publish(broker, ROOM, 3);
        disks.store().upkeep().flush();

        assertEquals(numbers(1, 3), texts(broker.after(ROOM, Start.EARLIEST, 10)));
    }
}
