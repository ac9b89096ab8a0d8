package dev.parley.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.util.concurrent.atomic.AtomicReference;
import org.h2.store.fs.FileBaseDefault;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;
import org.jspecify.annotations.Nullable;

/**
 * Files that tell of every moment at which a process might die: before each change of a file, and half-way through each write.
 * Known by names that begin with {@code crash:steady:}.
 */
public final class CrashFiles extends FilePathWrapper {
    /** For one test at a time, by JUnit's {@code @ResourceLock}. */
    static final String RESOURCE = "dev.parley.embedded.CrashFiles";

    private static final AtomicReference<@Nullable Runnable> MOMENT = new AtomicReference<>();

    /** For the store's file system, which makes one for each name. */
    public CrashFiles() {}

    /** The name of a folder's files; from now on each moment is told. */
    static String in(DataFolder folder, Runnable told) {
        MOMENT.set(told);
        FilePath.register(new CrashFiles());
        return "crash:" + SteadyFiles.in(folder);
    }

    static void endTelling() {
        MOMENT.set(null);
    }

    private static void tell() {
        Runnable told = MOMENT.get();
        if (told != null) {
            told.run();
        }
    }

    @Override
    public String getScheme() {
        return "crash";
    }

    @Override
    public void delete() {
        tell();
        super.delete();
    }

    @Override
    public FileChannel open(String mode) throws IOException {
        tell();
        return new CrashFile(super.open(mode));
    }

    private static final class CrashFile extends FileBaseDefault {
        private final FileChannel file;

        CrashFile(FileChannel file) {
            this.file = file;
        }

        @Override
        public synchronized int write(ByteBuffer from, long position) throws IOException {
            tell();
            int length = from.remaining();
            int half = length / 2;
            ByteBuffer first = from.duplicate();
            first.limit(first.position() + half);
            file.write(first, position);
            tell();
            from.position(from.position() + half);
            file.write(from, position + half);
            return length;
        }

        @Override
        public synchronized int read(ByteBuffer into, long position) throws IOException {
            return file.read(into, position);
        }

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        protected void implTruncate(long size) throws IOException {
            tell();
            file.truncate(size);
        }

        @Override
        public void force(boolean metaData) throws IOException {
            tell();
            file.force(metaData);
        }

        @Override
        public @Nullable FileLock tryLock(long position, long size, boolean shared) throws IOException {
            return file.tryLock(position, size, shared);
        }

        @Override
        protected void implCloseChannel() throws IOException {
            file.close();
        }
    }
}
