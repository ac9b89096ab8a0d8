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
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real file system, a small one, runs full and gets room again. Mounts it, and so needs root. */
class DiskFullIT {
    private static final Duration DEADLINE = Duration.ofSeconds(30);
    private static final String TEXT = "x".repeat(10_000);
    private static final Namespace RULES =
            new Namespace(100_000, Duration.ofHours(1), 1L << 30, Namespace.SlowReader.GAP, Duration.ofMinutes(5));

    private final WorkCounts counts = new WorkCounts();

    @TempDir
    private Path disk;

    @BeforeEach
    void mount() throws Exception {
        run("mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", disk.toString());
    }

    @AfterEach
    void unmount() throws Exception {
        run("umount", disk.toString());
    }

    @Test
    void publishesAreRefusedWhileTheDiskIsFullAndResumeByThemselves() throws IOException {
        Path filler = Files.write(disk.resolve("filler"), new byte[8 << 20]);
        DurableBroker broker = open();
        try {
            Position last = fill(broker);
            assertThrows(LogUnavailable.class, () -> publish(broker, ROOM, TEXT));
            assertTrue(counts.failures(Work.JOURNAL_COMMIT) > 0);
            assertEquals(last, broker.after(ROOM, Start.LATEST, 0).head());
            assertEquals(
                    1,
                    broker.after(ROOM, Start.EARLIEST, 1).messages().getFirst().offset());
            Files.delete(filler);
            await(broker);

            assertEquals(last.at(last.offset() + 1), publish(broker, ROOM, TEXT));
            assertAllThere(broker, last.offset() + 1);
        } finally {
            broker.close();
        }
        DurableBroker again = open();
        try {
            assertTrue(again.after(ROOM, Start.LATEST, 0).head().offset() > 1);
        } finally {
            again.close();
        }
    }

    private DurableBroker open() {
        return DurableBroker.open(disk.resolve("data"), name -> RULES, MANY, Clock.systemUTC(), counts);
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

    private static void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), String.join(" ", command) + " needs root: " + output);
    }
}
