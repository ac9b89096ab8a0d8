package dev.parley.embedded;

import static dev.parley.contract.BrokerSuite.MANY;
import static dev.parley.contract.BrokerSuite.ROOM;
import static dev.parley.contract.BrokerSuite.publish;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.core.LogUnavailable;
import dev.parley.core.Metrics.Work;
import dev.parley.core.Namespace;
import dev.parley.core.Position;
import dev.parley.core.Start;
import dev.parley.fake.WorkCounts;
import dev.parley.fault.SmallDisk;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real file system, a small one, runs full and gets room again. */
class DiskFullIT {
    private static final Duration DEADLINE = Duration.ofSeconds(30);
    private static final String TEXT = "x".repeat(10_000);
    private static final int REFUSED = 3000;
    private static final Namespace RULES =
            new Namespace(100_000, Duration.ofHours(1), 1L << 30, Namespace.SlowReader.GAP, Duration.ofMinutes(5));

    private final WorkCounts counts = new WorkCounts();

    @Test
    void publishesAreRefusedWhileTheDiskIsFullAndResumeByThemselves(@TempDir Path folder) {
        try (var disk = new SmallDisk(folder)) {
            DurableBroker broker = open(disk);
            try {
                Position last = fill(broker);
                assertThrows(LogUnavailable.class, () -> publish(broker, ROOM, TEXT));
                assertTrue(counts.failures(Work.JOURNAL_COMMIT) > 0);
                assertRefusedTakesNoMemory(broker);
                assertEquals(last, broker.after(ROOM, Start.LATEST, 0).head());
                assertEquals(
                        1,
                        broker.after(ROOM, Start.EARLIEST, 1)
                                .messages()
                                .getFirst()
                                .offset());
                disk.makeRoom();
                await(broker);

                assertEquals(last.at(last.offset() + 1), publish(broker, ROOM, TEXT));
                assertAllThere(broker, last.offset() + 1);
            } finally {
                broker.close();
            }
            DurableBroker again = open(disk);
            try {
                assertTrue(again.after(ROOM, Start.LATEST, 0).head().offset() > 1);
            } finally {
                again.close();
            }
        }
    }

    private DurableBroker open(SmallDisk disk) {
        return DurableBroker.open(disk.data(), name -> RULES, MANY, Clock.systemUTC(), counts);
    }

    private static Position fill(DurableBroker broker) {
        Position last = publish(broker, ROOM, TEXT);
        for (int i = 0; i < 10_000; i++) {
            try {
                last = publish(broker, ROOM, TEXT);
            } catch (LogUnavailable e) {
                return last;
            }
        }
        throw new AssertionError("the disk is never full");
    }

    private static void assertRefusedTakesNoMemory(DurableBroker broker) {
        long before = live();
        for (int i = 0; i < REFUSED; i++) {
            assertThrows(LogUnavailable.class, () -> publish(broker, ROOM, TEXT));
        }
        long grown = live() - before;
        assertTrue(grown < REFUSED * TEXT.length() / 4, () -> grown + " bytes");
    }

    /** Bytes of the heap that are in use once all garbage is gone. */
    private static long live() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static void await(DurableBroker broker) {
        long end = System.nanoTime() + DEADLINE.toNanos();
        while (!broker.isAvailable()) {
            assertTrue(System.nanoTime() < end, "still refuses");
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    private static void assertAllThere(DurableBroker broker, long count) {
        long seen = 0;
        var page = broker.after(ROOM, Start.EARLIEST, 500);
        while (!page.messages().isEmpty()) {
            assertEquals(seen + 1, page.messages().getFirst().offset());
            seen += page.messages().size();
            page = broker.after(ROOM, new Start.At(page.end()), 500);
        }
        assertEquals(count, seen);
    }
}
