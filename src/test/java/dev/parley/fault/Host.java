package dev.parley.fault;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * A container in a process of its own that stays while the WAR in it comes and goes. It does what the lines of its input say, {@code
 * undeploy} or {@code deploy}, and says so once it has.
 */
interface Host {
    /** What it says once a line of its input is done, before that line. */
    String DONE = "done: ";

    void deploy();

    void undeploy();

    /** Returns when there are no more lines. */
    default void obey(InputStream input) throws IOException {
        var lines = new BufferedReader(new InputStreamReader(input, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            switch (line) {
                case "undeploy" -> undeploy();
                case "deploy" -> deploy();
                default -> throw new IllegalArgumentException(line);
            }
            System.out.println(DONE + line);
        }
    }
}
