package dev.parley.app;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.parley.config.Advice;
import dev.parley.config.Settings;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.management.ManagementFactory;
import java.util.List;

/** What a node says of itself when it is up: who it is, what is special about it, and what will give trouble. */
final class Banner {
    private static final Logger LOG = System.getLogger(Banner.class.getName());

    private Banner() {}

    /** @param changed the settings that are not the default's */
    static void show(String version, String container, Settings settings, List<String> changed) {
        LOG.log(
                Level.INFO,
                "Parley {0} is up: node {1}, Java {2}, {3}; {4}",
                version,
                settings.node(),
                Runtime.version(),
                container,
                changed.isEmpty() ? "all settings are the defaults" : String.join(", ", changed));
        for (String advice : Advice.of(settings, maxFiles())) {
            LOG.log(Level.WARNING, advice);
        }
    }

    private static long maxFiles() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? unix.getMaxFileDescriptorCount()
                : -1;
    }
}
