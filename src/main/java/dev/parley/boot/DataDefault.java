package dev.parley.boot;

import java.nio.file.Path;

/** Where the application keeps its data if nobody says. */
final class DataDefault {
    private DataDefault() {}

    /**
     * Tomcat's base is a temporary folder here, so the application cannot ask that. Under systemd the unit's state folder
     * ({@code StateDirectory=}), else one where the server was started.
     */
    static void tell() {
        String state = System.getenv("STATE_DIRECTORY");
        Path data = state == null || state.isEmpty() ? Path.of("parley-data") : Path.of(state.split(":", 2)[0]);
        System.setProperty("boot.data", data.toAbsolutePath().toString());
    }
}
