package dev.parley.embedded;

import dev.parley.core.LogUnavailable;
import dev.parley.core.Metrics;
import dev.parley.core.Metrics.Work;
import dev.parley.core.Position;
import dev.parley.core.PublishKey;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStoreException;
import org.h2.store.fs.FilePath;
import org.jspecify.annotations.Nullable;

/**
 * All channels' messages in one file, found by channel and offset in O(log n). Anybody may read at any time; one thread writes.
 *
 * <p>The store closes itself when a write fails. It is then opened anew as of its last commit by whoever needs it next, so a
 * full disk ends no reading.
 */
final class Archive implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Archive.class.getName());
    static final String FILE = "archive.mv";

    /** The store begins its file with two blocks of this length together, in bytes. */
    static final int HEAD = 8192;

    private final String file;
    private final Metrics metrics;
    private volatile Maps maps;
    private volatile boolean damaged; // something that was read is not what was written
    private volatile boolean closed;

    /**
     * @param metrics hears of what cannot be read
     * @throws MVStoreException the file is none, or damaged where it begins
     */
    Archive(String file, Metrics metrics) {
        this.file = file;
        this.metrics = metrics;
        this.maps = Maps.open(file);
    }

    /** What a channel's record says, or null if the archive knows none of this name. */
    @Nullable
    ChannelRecord channel(String name) {
        return read(now -> {
            byte[] bytes = now.channels().get(name);
            return bytes == null ? null : ChannelRecord.of(bytes);
        });
    }

    /** The names of all channels that have a record. */
    List<String> names() {
        return read(now -> {
            List<String> names = new ArrayList<>();
            now.channels().keyIterator(null).forEachRemaining(names::add);
            return names;
        });
    }

    long channels() {
        return read(now -> now.channels().sizeAsLong());
    }

    /** How long the file is. */
    long bytes() {
        return FilePath.get(file).size();
    }

    /** How many messages are here, those included that are to be trimmed. */
    long messages() {
        return read(now -> now.messages().sizeAsLong());
    }

    /** The message's bytes, or null if it is not here. */
    byte @Nullable [] message(long channel, long offset) {
        return read(now -> sound(now.messages().get(new MessageKey(channel, offset))));
    }

    /** The offset of the channel's oldest message, or -1 if there is none. */
    long oldest(long channel) {
        return read(now -> {
            MessageKey first = now.messages().ceilingKey(new MessageKey(channel, 0));
            return first == null || first.channel() != channel ? -1 : first.offset();
        });
    }

    /** The offset before the messages that end with this one and have no hole between them. */
    long beforeLastRun(long channel, long head) {
        long[] before = {head};
        read(channel, head, 1, (offset, bytes) -> {
            boolean joins = offset == before[0];
            before[0] -= joins ? 1 : 0;
            return joins;
        });
        return before[0];
    }

    /** Hands out messages from one offset to another, both included, in that direction, until the reader has enough. */
    void read(long channel, long from, long to, Reader reader) {
        boolean backwards = from > to;
        long[] next = {from}; // the question may be put again half-way, and the reader is told nothing twice
        read(now -> {
            if (backwards ? next[0] < to : next[0] > to) {
                return Boolean.TRUE;
            }
            Cursor<MessageKey, byte[]> cursor =
                    now.messages().cursor(new MessageKey(channel, next[0]), new MessageKey(channel, to), backwards);
            while (cursor.hasNext()) {
                MessageKey key = cursor.next();
                byte[] bytes = sound(cursor.getValue());
                if (bytes == null || !reader.takes(key.offset(), bytes)) {
                    break;
                }
                next[0] = key.offset() + (backwards ? -1 : 1);
            }
            return Boolean.TRUE;
        });
    }

    /** What a publisher used this key for on a channel, if that is here and not expired by then. */
    Optional<Position> used(LogView channel, PublishKey key, long clock) {
        if (channel.id() == DurableLog.NONE) {
            return Optional.empty();
        }
        byte[] bytes = read(now -> now.keys().get(KeyRecord.name(channel.id(), key)));
        return Optional.ofNullable(bytes)
                .map(KeyRecord::of)
                .filter(record -> record.expires() > clock
                        && record.offset() <= channel.head().offset())
                .map(record -> channel.head().at(record.offset()));
    }

    /** All keys that were used on a channel and are remembered by then. */
    List<UsedKey> used(LogView channel, long clock) {
        if (channel.id() == DurableLog.NONE) {
            return List.of();
        }
        return read(now -> {
            List<UsedKey> found = new ArrayList<>();
            Cursor<String, byte[]> cursor = now.keys().cursor(KeyRecord.first(channel.id()));
            while (cursor.hasNext() && KeyRecord.isOf(channel.id(), cursor.next())) {
                KeyRecord record = KeyRecord.of(cursor.getValue());
                if (record.expires() > clock
                        && record.offset() <= channel.head().offset()) {
                    Position position = channel.head().at(record.offset());
                    found.add(new UsedKey(KeyRecord.key(cursor.getKey()), position, record.expires()));
                }
            }
            return found;
        });
    }

    /** For the one thread that writes. What it changes is seen at once, and stays from the next commit on. */
    Maps forWriting() {
        return reopened(maps);
    }

    @Override
    public synchronized void close() {
        closed = true;
        maps.store().closeImmediately(); // what counts was committed
    }

    private <T> T read(Function<Maps, T> question) {
        Maps asked = maps;
        for (int attempt = 0; ; attempt++) {
            try {
                return question.apply(asked);
            } catch (MVStoreException e) {
                if (isDamage(e)) {
                    tellDamage(e);
                }
                if (attempt > 1 || !asked.store().isClosed()) {
                    metrics.failed(Work.JOURNAL_READ);
                    throw new LogUnavailable("the archive cannot be read", e);
                }
                asked = reopened(asked);
            }
        }
    }

    /** These maps, or if the store has closed itself the same ones of it opened anew. */
    private synchronized Maps reopened(Maps known) {
        if (closed) {
            throw new LogUnavailable("the log is closed", new IllegalStateException("closed"));
        }
        if (known.equals(maps) && known.store().isClosed()) {
            try {
                maps = Maps.open(file);
            } catch (MVStoreException e) {
                throw new LogUnavailable("the archive cannot be opened", e);
            }
        }
        return maps;
    }

    private byte @Nullable [] sound(byte @Nullable [] bytes) {
        if (bytes != null && !StoredMessage.isSound(bytes)) {
            throw DataUtils.newMVStoreException(DataUtils.ERROR_FILE_CORRUPT, "a message is not what was written");
        }
        return bytes;
    }

    static boolean isDamage(MVStoreException e) {
        return e.getErrorCode() == DataUtils.ERROR_FILE_CORRUPT
                || e.getErrorCode() == DataUtils.ERROR_CHUNK_NOT_FOUND
                || e.getErrorCode() == DataUtils.ERROR_INTERNAL;
    }

    private void tellDamage(MVStoreException e) {
        if (!damaged) {
            damaged = true;
            mark(file).createFile();
            LOG.log(
                    Level.ERROR,
                    file + " is damaged. Some messages cannot be read. Restart Parley: it then keeps what is sound,"
                            + " and sets the damaged file aside",
                    e);
        }
    }

    /** There is such a file while the archive is known to be damaged. */
    static FilePath mark(String file) {
        return FilePath.get(file + ".damaged");
    }

    /** Takes messages one by one. */
    interface Reader {
        /** @return whether it wants more */
        boolean takes(long offset, byte[] bytes);
    }
}
