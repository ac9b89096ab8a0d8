package dev.parley.embedded;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Iterator;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.store.fs.FilePath;
import org.jspecify.annotations.Nullable;

/**
 * Makes a new archive out of what is sound in a damaged one, which is set aside. Of each channel the newest messages are kept,
 * back to the first that cannot be read, as a log has no holes; of a compact channel all that can be read. The caller gives all channels new epochs.
 */
final class Salvage {
    private static final Logger LOG = System.getLogger(Salvage.class.getName());

    /** How many messages are written in one step. */
    private static final int STEP = 10_000;

    private final Maps from;
    private final Maps to;
    private long messages;
    private long highestId;

    private Salvage(Maps from, Maps to) {
        this.from = from;
        this.to = to;
    }

    /** @param file the archive's name, where the new one is afterwards */
    static void run(String file) {
        FilePath aside = FilePath.get(file + ".damaged-" + System.currentTimeMillis());
        FilePath.get(file).moveTo(aside, false);
        Maps to = Maps.open(file);
        try {
            long kept = copy(aside, to);
            to.commit();
            LOG.log(
                    Level.ERROR,
                    "{0} was damaged. {1} messages in {2} channels could be read and are kept; what is missing is"
                        + " lost, and readers are told so. The damaged file is kept as {3}: look after the disk, put"
                        + " back a copy of the folder if you have one, and delete the file when you do not need it",
                    file,
                    kept,
                    to.channels().sizeAsLong(),
                    aside);
        } finally {
            to.giveUp();
        }
    }

    private static long copy(FilePath aside, Maps to) {
        Maps from;
        try {
            from = Maps.open(new MVStore.Builder()
                    .fileName(aside.toString())
                    .readOnly()
                    .recoveryMode()
                    .autoCommitDisabled());
        } catch (MVStoreException e) {
            LOG.log(Level.ERROR, "nothing of " + aside + " can be read", e);
            return 0;
        }
        try {
            var salvage = new Salvage(from, to);
            salvage.copy();
            return salvage.messages;
        } finally {
            from.giveUp();
        }
    }

    private void copy() {
        copyAll(from.facts(), to.facts());
        copyAll(from.keys(), to.keys());
        copyAll(from.channels(), to.channels());
        Iterator<String> names = to.channels().keyIterator(null);
        while (names.hasNext()) {
            String name = names.next();
            byte[] bytes = to.channels().get(name);
            if (bytes != null) {
                ChannelRecord channel = ChannelRecord.of(bytes);
                highestId = Math.max(highestId, channel.id());
                if (channel.isCompact()) {
                    copyCompact(name, channel);
                } else {
                    copyMessages(channel);
                }
            }
        }
        Facts.reachId(to, highestId);
    }

    /** As far as the map can be read: behind a damaged page its order is lost. */
    private static <V> void copyAll(MVMap<String, V> source, MVMap<String, V> target) {
        try {
            var cursor = source.cursor(null);
            while (cursor.hasNext()) {
                target.put(cursor.next(), cursor.getValue());
            }
        } catch (MVStoreException | IllegalStateException e) {
            LOG.log(Level.ERROR, "a part of " + source.getName() + " cannot be read", e);
        }
    }

    private void copyMessages(ChannelRecord channel) {
        for (long offset = channel.head(); offset > 0; offset--) {
            var key = new MessageKey(channel.id(), offset);
            if (!copy(key)) {
                return;
            }
        }
    }

    /** The log then ends with the newest message that can be read, as the newest of a log is always retained. */
    private void copyCompact(String name, ChannelRecord channel) {
        long newest = channel.base();
        try {
            MessageKey key = from.messages().floorKey(new MessageKey(channel.id(), channel.head()));
            while (key != null && key.channel() == channel.id() && key.offset() > channel.base()) {
                newest = copy(key) ? Math.max(newest, key.offset()) : newest;
                key = from.messages().lowerKey(key);
            }
        } catch (MVStoreException | IllegalStateException e) {
            LOG.log(Level.DEBUG, "older messages of the channel cannot be found", e);
        }
        ChannelRecord left = newest > channel.base()
                ? channel.between(channel.base(), newest)
                : channel.between(channel.head(), channel.head());
        to.channels().put(name, left.bytes());
    }

    /** @return whether the message is sound */
    private boolean copy(MessageKey key) {
        byte[] bytes = read(key);
        if (bytes == null || !StoredMessage.isSound(bytes)) {
            return false;
        }
        to.messages().put(key, bytes);
        if (++messages % STEP == 0) {
            to.commit();
        }
        return true;
    }

    private byte @Nullable [] read(MessageKey key) {
        try {
            return from.messages().get(key);
        } catch (MVStoreException | IllegalStateException e) {
            LOG.log(Level.DEBUG, "cannot be read", e);
            return null;
        }
    }
}
