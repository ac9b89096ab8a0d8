package dev.parley.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * The folder with all that outlives the process. One process at a time holds it, by a lock that the system takes back from a
 * process that dies.
 */
final class DataFolder implements AutoCloseable {
    private static final String LOCK = "lock";

    private final Path path;
    private final FileChannel file;

    private DataFolder(Path path, FileChannel file) {
        this.path = path;
        this.file = file;
    }

    /** @throws UnusableData it cannot be made or written, or another process holds it */
    static DataFolder hold(Path path) {
        try {
            Files.createDirectories(path);
            FileChannel file =
                    FileChannel.open(path.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (lock(file) == null) {
                file.close();
                throw new UnusableData("another process uses the data folder " + path
                        + "; stop that one, or give this one a folder of its own by parley.data");
            }
            return new DataFolder(path, file);
        } catch (IOException e) {
            throw new UnusableData(
                    "cannot use the data folder " + path + " (" + e + "); parley.data names another one", e);
        }
    }

    private static @Nullable FileLock lock(FileChannel file) throws IOException {
        try {
            return file.tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // held by this process: the application is deployed twice
        }
    }

    Path path() {
        return path;
    }

    /** Makes names of new and deleted files outlive the machine, where the system can do that (not on Windows). */
    void force() {
        try (FileChannel folder = FileChannel.open(path, StandardOpenOption.READ)) {
            folder.force(true);
        } catch (IOException e) {
            System.getLogger(DataFolder.class.getName())
                    .log(System.Logger.Level.DEBUG, "cannot force the folder " + path, e);
        }
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            System.getLogger(DataFolder.class.getName()).log(System.Logger.Level.WARNING, "cannot release " + path, e);
        }
    }
}
