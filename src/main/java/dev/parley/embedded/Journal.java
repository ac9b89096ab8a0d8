package dev.parley.embedded;

import dev.parley.core.Metrics;
import dev.parley.core.Metrics.Work;
import dev.parley.core.Namespace.Fsync;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import org.h2.store.fs.FilePath;

/**
 * What was committed and is not in the archive yet: files {@code journal-N} of frames, one a commit. A frame is its length and
 * its checksum (4 bytes each) and so many bytes; a frame that is not whole was never answered.
 *
 * <p>One thread writes at a time, the leader of a commit; {@link #force} and {@link #drop} may be called meanwhile.
 */
final class Journal implements AutoCloseable {
    private static final String NAME = "journal-";
    private static final int HEAD = 8;
    private static final int PROBE = 1 << 16;

    private final String folder;
    private final Runnable forceNames;
    private final Metrics metrics;
    private final ReentrantLock forcing = new ReentrantLock(); // a file is not closed while it is being forced
    private volatile boolean loose; // something of the file is to be forced
    private volatile File file;
    private long length; // of the sound part of the file: what lies behind it is no frame
    private boolean torn; // something may lie behind it

    /**
     * Begins a file.
     *
     * @param folder as the store's file system names it
     * @param forceNames makes the names of new files durable
     */
    Journal(String folder, long number, Runnable forceNames, Metrics metrics) throws IOException {
        this.folder = folder;
        this.forceNames = forceNames;
        this.metrics = metrics;
        this.file = begin(number);
    }

    /** The number of the file that is being written. */
    long number() {
        return file.number;
    }

    /** The buffer for a frame of so many bytes, to be filled and handed to {@link #write}. */
    static ByteBuffer frame(int room) {
        return ByteBuffer.allocate(HEAD + room).position(HEAD);
    }

    /**
     * Appends a frame. If that fails nothing of it stays.
     *
     * @param frame as {@link #frame} made it, its position behind the last byte
     * @param fsync whether it must be on the disk itself when this returns, or after the next {@link #force}, or need not
     */
    void write(ByteBuffer frame, Fsync fsync) throws IOException {
        frame.flip();
        int size = frame.limit() - HEAD;
        frame.putInt(0, size).putInt(4, checksum(frame, HEAD, size));
        repair();
        torn = true;
        try {
            long end = length + frame.limit();
            while (frame.hasRemaining()) {
                file.channel.write(frame, end - frame.remaining());
            }
            if (fsync == Fsync.ALWAYS) {
                forceFile();
            }
            length = end;
            torn = false;
            if (fsync == Fsync.SECOND) {
                loose = true; // after the write, or a force under way might take it for done
            }
        } finally {
            if (torn) {
                tryRepair();
            }
        }
    }

    /** Finds out whether there is room to write. */
    void probe() throws IOException {
        repair();
        torn = true;
        try {
            file.channel.write(ByteBuffer.allocate(PROBE), length);
        } finally {
            tryRepair();
        }
    }

    private void repair() throws IOException {
        if (torn) {
            file.channel.truncate(length);
            torn = false;
        }
    }

    private void tryRepair() {
        try {
            repair();
        } catch (IOException e) {
            torn = true; // the next write begins with it
        }
    }

    /** Puts onto the disk itself what was written to be there within a second. */
    void force() throws IOException {
        forcing.lock();
        try {
            if (loose) {
                loose = false; // before: it does not cover what is written meanwhile
                forceLoose();
            }
        } finally {
            forcing.unlock();
        }
    }

    private void forceLoose() throws IOException {
        try {
            forceFile();
        } catch (IOException e) {
            loose = true;
            throw e;
        }
    }

    private void forceFile() throws IOException {
        long start = System.nanoTime();
        try {
            file.channel.force(false);
        } catch (IOException e) {
            metrics.failed(Work.JOURNAL_FORCE);
            throw e;
        }
        metrics.took(Work.JOURNAL_FORCE, System.nanoTime() - start);
    }

    /**
     * Goes on in a new file. The old one is {@link #force}d, as the archive may fail to take it over, and stays until {@link
     * #drop}.
     */
    void turn() throws IOException {
        forcing.lock();
        try {
            force();
            File old = file;
            file = begin(old.number + 1);
            length = 0;
            torn = false;
            old.channel.close();
        } finally {
            forcing.unlock();
        }
    }

    /** Deletes the files before this one. */
    void drop(long before) {
        numbers(folder).stream()
                .filter(number -> number < before)
                .forEach(number -> path(folder, number).delete());
    }

    @Override
    public void close() throws IOException {
        file.channel.close();
    }

    private File begin(long number) throws IOException {
        FileChannel channel = path(folder, number).open("rw");
        try {
            channel.truncate(0);
            forceNames.run();
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        return new File(number, channel);
    }

    /** Which files there are, the oldest first. */
    static List<Long> numbers(String folder) {
        return FilePath.get(folder).newDirectoryStream().stream()
                .map(FilePath::getName)
                .filter(name -> name.matches(NAME + "\\d{1,18}"))
                .map(name -> Long.valueOf(name.substring(NAME.length())))
                .sorted()
                .toList();
    }

    static FilePath path(String folder, long number) {
        return FilePath.get(folder + '/' + NAME + number);
    }

    /** Hands out the records of a file in their order, as far as it is sound. */
    static Ending read(String folder, long number, Consumer<JournalRecord> records) throws IOException {
        ByteBuffer in;
        try (FileChannel channel = path(folder, number).open("r")) {
            in = ByteBuffer.allocate(Math.toIntExact(channel.size()));
            while (in.hasRemaining() && channel.read(in, in.position()) > 0) {
                // until it is full
            }
        }
        in.flip();
        while (in.remaining() >= HEAD) {
            int size = in.getInt(in.position());
            if (size <= 0 || size > in.remaining() - HEAD) {
                return Ending.CUT;
            }
            int from = in.position() + HEAD;
            if (in.getInt(in.position() + 4) != checksum(in, from, size)) {
                return Ending.DAMAGED;
            }
            ByteBuffer frame = in.slice(from, size);
            while (frame.hasRemaining()) {
                records.accept(JournalRecord.read(frame));
            }
            in.position(from + size);
        }
        return in.hasRemaining() ? Ending.CUT : Ending.WHOLE;
    }

    private static int checksum(ByteBuffer bytes, int from, int size) {
        var crc = new CRC32C();
        crc.update(bytes.slice(from, size));
        return (int) crc.getValue();
    }

    /** How a file ended. */
    enum Ending {
        /** With its last frame. */
        WHOLE,
        /** Within a frame: the process, or the machine, died while it was written. */
        CUT,
        /** With a frame of full length that is not what was written. */
        DAMAGED
    }

    private record File(long number, FileChannel channel) {}
}
