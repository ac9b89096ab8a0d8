package dev.parley.boot;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Filter;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Holds back what Tomcat logs while it starts, and that the application is up, as nothing listens yet. If the start fails, one of
 * these records has the reason and the others only repeat that there was one, so the reason is told alone.
 */
final class StartLog implements Filter {
    private static final String TOMCAT = "org.apache.catalina.";
    private static final String BANNER = "dev.parley.app.Banner";

    private final Queue<LogRecord> held = new ConcurrentLinkedQueue<>();
    private final List<Handler> handlers = List.of(Logger.getLogger("").getHandlers());

    private StartLog() {}

    static StartLog begin() {
        StartLog log = new StartLog();
        log.handlers.forEach(handler -> handler.setFilter(log));
        return log;
    }

    @Override
    public boolean isLoggable(LogRecord record) {
        String logger = String.valueOf(record.getLoggerName());
        boolean hold = logger.startsWith(TOMCAT) || logger.equals(BANNER);
        if (hold && !held.contains(record)) { // one record passes every handler
            held.add(record);
        }
        return !hold;
    }

    /** The start succeeded: what was held back is logged after all. */
    void end() {
        handlers.forEach(handler -> handler.setFilter(null));
        held.forEach(record -> handlers.forEach(handler -> handler.publish(record)));
    }

    /** Why the start failed; {@code thrown} is what it threw, if anything. A reason in Parley's own words needs no stack trace. */
    StartFailure failure(@Nullable Throwable thrown) {
        handlers.forEach(handler -> handler.setFilter(null));
        Throwable cause = held.stream()
                .map(LogRecord::getThrown)
                .filter(Objects::nonNull)
                .findFirst()
                .or(() -> Optional.ofNullable(thrown))
                .orElseGet(() -> new IllegalStateException("Tomcat gave no reason"));
        while (cause.getCause() != null && !isParleys(cause)) {
            cause = cause.getCause();
        }
        String reason = String.valueOf(cause.getMessage());
        return isParleys(cause) ? new StartFailure(reason) : new StartFailure(reason, cause);
    }

    private static boolean isParleys(Throwable thrown) {
        return thrown.getClass().getName().startsWith("dev.parley.");
    }
}
