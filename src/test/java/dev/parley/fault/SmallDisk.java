package dev.parley.fault;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A small file system that can run full. Mounts it, and so needs root. */
public final class SmallDisk implements AutoCloseable {
    private static final int ALL = 16 << 20;
    private static final int FILLER = 8 << 20;

    private final Path folder;
    private final Path filler;

    /** @param folder an empty one, which then holds 16 MiB, half of them taken by something else */
    public SmallDisk(Path folder) {
        this.folder = folder;
        this.filler = folder.resolve("filler");
        run("mount", "-t", "tmpfs", "-o", "size=" + ALL, "tmpfs", folder.toString());
        try {
            Files.write(filler, new byte[FILLER]);
        } catch (IOException e) {
            close();
            throw new UncheckedIOException(e);
        }
    }

    /** A folder on it, for the data of a node. */
    public Path data() {
        return folder.resolve("data");
    }

    /** What was taken by something else is free now. */
    public void makeRoom() {
        try {
            Files.delete(filler);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        run("umount", folder.toString());
    }

    private static void run(String... command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), UTF_8);
            if (process.waitFor() != 0) {
                throw new AssertionError(String.join(" ", command) + " needs root: " + output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
