package dev.parley.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Settings that are each allowed, but do not go well together or with the machine. */
public final class Advice {
    /** Proxies, and what stands between, mostly close a connection on which nothing has moved for a minute. */
    private static final Duration PATIENCE = Duration.ofSeconds(55);

    /** What a node opens beside its connections: the log, jars, the listener. */
    private static final int OTHER_FILES = 200;

    private static final int SHORT_KEY = 16;

    private Advice() {}

    /** @param maxFiles that this process may have open, or a negative number if nobody knows */
    public static List<String> of(Settings settings, long maxFiles) {
        List<String> advice = new ArrayList<>();
        Settings.Limits limits = settings.limits();
        Settings.Deadlines deadlines = settings.deadlines();
        if (maxFiles >= 0 && limits.connections() + OTHER_FILES > maxFiles) {
            advice.add("parley.connections=" + limits.connections() + " needs more than the " + maxFiles
                    + " files that this process may open (ulimit -n, LimitNOFILE)");
        }
        if (deadlines.heartbeat().compareTo(PATIENCE) > 0) {
            advice.add("parley.heartbeat is above " + PATIENCE.toSeconds()
                    + " s: proxies close connections on which nothing has moved for a minute");
        }
        if (deadlines.pong().compareTo(deadlines.heartbeat()) > 0) {
            advice.add("parley.pong-deadline is above parley.heartbeat: clients that vanish are noticed late");
        }
        if (limits.frameSize() < limits.messageSize()) {
            advice.add("parley.frame-size is below parley.message-size: the largest messages cannot come over /ws");
        }
        if (!settings.adminKey().isEmpty() && settings.adminKey().length() < SHORT_KEY) {
            advice.add("parley.admin-key has fewer than " + SHORT_KEY + " characters");
        }
        if (settings.origins().contains("*")) {
            advice.add("parley.origins=* lets every web page use this server in its visitors' names");
        }
        return advice;
    }
}
