package dev.parley.boot;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;

/**
 * Logging of the server that runs alone: a line per record on the error stream; Parley from INFO on, the libraries from WARNING on.
 * {@code parley.log=json} makes an object of each record. A {@code java.util.logging.config.file} or {@code .class} replaces all of it.
 */
final class LogSetup {
    /** Jersey warns here that it misses jakarta.activation, which nothing in Parley needs. */
    private static final String MISSES_ACTIVATION = "org.glassfish.jersey.message.internal.MessagingBinders";

    /** Jersey warns here of each resource that is handed to it ready-made, and uses it all the same. */
    private static final String READY_MADE = "org.glassfish.jersey.internal.inject.Providers";

    /** The log manager holds loggers weakly, and a lost one loses its level. */
    private static final List<Logger> HELD = new ArrayList<>();

    private LogSetup() {}

    static void apply() {
        if (System.getProperty("java.util.logging.config.file") != null
                || System.getProperty("java.util.logging.config.class") != null) {
            return;
        }
        System.setProperty("java.util.logging.manager", Lasting.class.getName());
        Logger root = Logger.getLogger("");
        for (Handler handler : root.getHandlers()) {
            root.removeHandler(handler);
        }
        root.addHandler(new LineHandler(isJson()));
        hold(Level.WARNING, "");
        hold(Level.INFO, "dev.parley");
        hold(Level.SEVERE, MISSES_ACTIVATION);
        hold(Level.SEVERE, READY_MADE);
    }

    /** A file that cannot be read, or another word, stops the start a little later, with a message of its own. */
    private static boolean isJson() {
        try {
            return Options.read().json();
        } catch (StartFailure e) {
            return false;
        }
    }

    private static void hold(Level level, String name) {
        Logger logger = Logger.getLogger(name);
        logger.setLevel(level);
        HELD.add(logger);
    }

    /**
     * Keeps its handlers while the JVM shuts down. The JDK's own drops them as soon as a signal comes, and what is logged while the
     * sessions are closed would be lost.
     */
    public static final class Lasting extends LogManager {
        @Override
        public void reset() {}
    }
}
