package dev.parley.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Which start of the machine this is. A process that dies leaves all that it wrote with the system; a machine that dies loses
 * what was not forced to the disk.
 */
final class Machine {
    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

    /** Where the system does not say. No other start is known to be the same one, which errs on the safe side. */
    static final String UNKNOWN = "";

    private Machine() {}

    static String start() {
        try {
            return Files.readString(BOOT_ID).strip();
        } catch (IOException e) {
            return UNKNOWN;
        }
    }
}
