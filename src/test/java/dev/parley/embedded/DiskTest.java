package dev.parley.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** When the journal is to be flushed. */
class DiskTest {
    private final AtomicInteger flushes = new AtomicInteger();
    private final Disk disk = new Disk(flushes::incrementAndGet);

    @Test
    void aFlushIsAskedForOnceWhenThereIsEnough() {
        disk.stored(Disk.FLUSH - 1);
        assertEquals(0, flushes.get());
        disk.stored(1);
        disk.stored(Disk.FLUSH);

        assertEquals(1, flushes.get());
    }

    /** It was not: publishers who were faster then waited for the next second. */
    @Test
    void aFlushThatLeavesEnoughIsFollowedByAnother() {
        disk.stored(Disk.FLUSH);
        disk.stored(Disk.FLUSH); // while the first is written
        disk.flushed(Disk.FLUSH);
        assertEquals(2, flushes.get());
        disk.flushed(Disk.FLUSH);

        assertEquals(2, flushes.get());
        assertEquals(0, disk.unflushed());
    }
}
