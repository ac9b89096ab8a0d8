package dev.parley.embedded;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import org.h2.store.fs.FileBaseDefault;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;
import org.jspecify.annotations.Nullable;

/**
 * Files that stay open when a thread that uses them is interrupted. The JDK closes a {@link FileChannel} in that case, and with
 * it the log, for everybody. Known to the store by names that begin with {@code steady:}.
 */
public final class SteadyFiles extends FilePathWrapper {
    private static final String SCHEME = "steady";

    static {
        FilePath.register(new SteadyFiles());
    }

    /** For the store's file system, which makes one for each name. */
    public SteadyFiles() {}

    /** The name under which the store and the journal open a file of this folder. */
    static String in(DataFolder folder) {
        return SCHEME + ':' + folder.path();
    }

    @Override
    public String getScheme() {
        return SCHEME;
    }

    @Override
    public FileChannel open(String mode) throws IOException {
        return new SteadyFile(new RandomAccessFile(unwrap().toString(), mode));
    }

    /** Reads and writes by position, one at a time. */
    private static final class SteadyFile extends FileBaseDefault {
        private static final int PIECE = 1 << 16;

        private final RandomAccessFile file; // its place is guarded by this

        SteadyFile(RandomAccessFile file) {
            this.file = file;
        }

        @Override
        public synchronized int read(ByteBuffer into, long position) throws IOException {
            byte[] piece = new byte[Math.min(PIECE, into.remaining())];
            file.seek(position);
            int read = file.read(piece, 0, piece.length);
            if (read > 0) {
                into.put(piece, 0, read);
            }
            return read;
        }

        @Override
        public synchronized int write(ByteBuffer from, long position) throws IOException {
            int length = from.remaining();
            file.seek(position);
            if (from.hasArray()) {
                file.write(from.array(), from.arrayOffset() + from.position(), length);
                from.position(from.limit());
                return length;
            }
            byte[] piece = new byte[Math.min(PIECE, length)];
            while (from.hasRemaining()) {
                int part = Math.min(piece.length, from.remaining());
                from.get(piece, 0, part);
                file.write(piece, 0, part);
            }
            return length;
        }

        @Override
        public long size() throws IOException {
            return file.length();
        }

        @Override
        protected synchronized void implTruncate(long size) throws IOException {
            file.setLength(size);
        }

        @Override
        public void force(boolean metaData) throws IOException {
            file.getFD().sync(); // outside the lock: reading goes on meanwhile
        }

        @Override
        public @Nullable FileLock tryLock(long position, long size, boolean shared) throws IOException {
            return file.getChannel().tryLock(position, size, shared);
        }

        @Override
        protected void implCloseChannel() throws IOException {
            file.close();
        }
    }
}
