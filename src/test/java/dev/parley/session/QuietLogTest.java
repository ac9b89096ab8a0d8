package dev.parley.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.ResourceBundle;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class QuietLogTest {
    private final List<String> lines = new ArrayList<>();
    private final AtomicLong now = new AtomicLong(-5);
    private final QuietLog log = new QuietLog(new Lines(), now::get);

    @Test
    void firstIsToldAndTheOthersAreCounted() {
        for (int i = 1; i <= 1000; i++) {
            log.log(Level.INFO, "slow", "reader " + i);
        }
        assertEquals(List.of("INFO reader 1"), lines);

        now.addAndGet(TimeUnit.SECONDS.toNanos(10) - 1);
        log.log(Level.INFO, "slow", "reader 1001");
        assertEquals(1, lines.size());
        now.incrementAndGet();
        log.log(Level.INFO, "slow", "reader 1002");
        assertEquals("INFO reader 1002 (and 1000 more like this before it)", lines.getLast());
        now.addAndGet(TimeUnit.SECONDS.toNanos(10));
        log.log(Level.INFO, "slow", "reader 1003");
        assertEquals("INFO reader 1003", lines.getLast());
    }

    @Test
    void kindsAreCountedApart() {
        log.log(Level.WARNING, "full", "one too many");
        log.log(Level.INFO, "slow", "reader 1");

        assertEquals(List.of("WARNING one too many", "INFO reader 1"), lines);
    }

    @Test
    void whatNobodyListensToIsNotCounted() {
        log.log(Level.DEBUG, "slow", "reader 1");
        log.log(Level.INFO, "slow", "reader 2");

        assertEquals(List.of("INFO reader 2"), lines);
    }

    private final class Lines implements System.Logger {
        @Override
        public String getName() {
            return "lines";
        }

        @Override
        public boolean isLoggable(Level level) {
            return level.compareTo(Level.INFO) >= 0;
        }

        @Override
        public void log(Level level, @Nullable ResourceBundle bundle, String text, @Nullable Throwable thrown) {
            lines.add(level + " " + text);
        }

        @Override
        public void log(Level level, @Nullable ResourceBundle bundle, String format, Object... parameters) {
            lines.add(level + " " + format);
        }
    }
}
