package dev.parley.app;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;

/** How full the heap is with what is still in use. */
final class Heap {
    /**
     * In percent of the most that the heap may grow to: what was in use after the last collection, which leaves out garbage but may be
     * long ago, or what is in use now, garbage included, if that is less.
     */
    int percent() {
        MemoryUsage now = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
        long collected = 0;
        for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
            MemoryUsage after = pool.getType() == MemoryType.HEAP ? pool.getCollectionUsage() : null;
            collected += after == null ? 0 : after.getUsed();
        }
        return now.getMax() <= 0 ? 0 : (int) (100 * Math.min(collected, now.getUsed()) / now.getMax());
    }
}
