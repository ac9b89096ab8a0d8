package dev.parley.session;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.LongSupplier;

/**
 * Logs what may happen thousands of times a second: the first of its kind in full, then at most one line in ten seconds, which says
 * how many it stands for. Any thread.
 */
final class QuietLog {
    private static final long PERIOD = 10_000_000_000L;

    private final Logger log;
    private final LongSupplier nanos;
    private final ConcurrentMap<String, Kind> kinds = new ConcurrentHashMap<>();

    /** @param nanos as {@link System#nanoTime} */
    QuietLog(Logger log, LongSupplier nanos) {
        this.log = log;
        this.nanos = nanos;
    }

    /** @param kind one of few: each is remembered for good */
    void log(Level level, String kind, String text) {
        if (!log.isLoggable(level)) {
            return;
        }
        int unsaid = kinds.computeIfAbsent(kind, name -> new Kind()).speak(nanos.getAsLong());
        if (unsaid == 0) {
            log.log(level, text);
        } else if (unsaid > 0) {
            log.log(level, text + " (and " + unsaid + " more like this before it)");
        }
    }

    private static final class Kind {
        private boolean spoken; // guarded by this, as are the others
        private long last;
        private int unsaid;

        /** @return how many were not logged since the last one that was, or -1 if this one is not to be logged either */
        synchronized int speak(long now) {
            if (spoken && now - last < PERIOD) {
                unsaid++;
                return -1;
            }
            int before = unsaid;
            spoken = true;
            last = now;
            unsaid = 0;
            return before;
        }
    }
}
