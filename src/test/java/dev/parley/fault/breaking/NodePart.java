package dev.parley.fault.breaking;

import dev.parley.fault.ParleyProcess;
import dev.parley.wire.client.Wire;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A node in a process of its own, on another port each time, with a door that leads to it. */
final class NodePart implements Part, AutoCloseable {
    private static final int LAST_LINES = 60;

    private final String name;
    private final Relay door;
    private final boolean inTomcat;
    private final String[] options;
    private volatile @Nullable ParleyProcess process;

    /** @param inTomcat whether in one that stays while the application is redeployed, else by {@code java -jar} */
    NodePart(String name, Relay door, boolean inTomcat, List<String> options) {
        this.name = name;
        this.door = door;
        this.inTomcat = inTomcat;
        this.options = options.toArray(String[]::new);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void start() {
        ParleyProcess started = inTomcat ? ParleyProcess.startInTomcat(options) : ParleyProcess.start(options);
        process = started;
        door.leadTo(started.port());
    }

    @Override
    public void kill() {
        running().kill();
        door.leadNowhere();
        running().close();
    }

    @Override
    public void stop() {
        running().stop();
        door.leadNowhere();
        running().close();
    }

    @Override
    public void undeploy() {
        if (inTomcat) {
            running().undeploy();
        } else {
            stop();
        }
    }

    @Override
    public void deploy() {
        if (inTomcat) {
            running().deploy();
        } else {
            start();
        }
    }

    @Override
    public void freeze() {
        signal(running().pid(), "STOP");
    }

    @Override
    public void thaw() {
        signal(running().pid(), "CONT");
    }

    /** To look at it past its door; to be closed. */
    Wire wire() {
        return new Wire(running().base());
    }

    /** The last that it printed since its last start. */
    String lastWords() {
        ParleyProcess last = process;
        List<String> output = last == null ? List.of() : last.output();
        return name + ":\n" + String.join("\n", output.subList(Math.max(0, output.size() - LAST_LINES), output.size()));
    }

    @Override
    public void close() {
        if (process != null) {
            process.close();
        }
    }

    /** @param name as kill(1) knows it */
    static void signal(long pid, String name) {
        try {
            int status = new ProcessBuilder("kill", "-" + name, Long.toString(pid))
                    .inheritIO()
                    .start()
                    .waitFor();
            if (status != 0) {
                throw new AssertionError("kill -" + name + " ended with " + status);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private ParleyProcess running() {
        ParleyProcess running = process;
        if (running == null) {
            throw new IllegalStateException(name + " was never started");
        }
        return running;
    }
}
