package dev.parley.embedded;

import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.type.ByteArrayDataType;
import org.h2.mvstore.type.DataType;
import org.h2.mvstore.type.StringDataType;

/**
 * The archive's store and its maps.
 *
 * @param facts small things: the epoch, generations, which journal goes on where this ends
 * @param channels {@link ChannelRecord} by name
 * @param messages as {@link StoredMessage} lays them out
 * @param keys what a key was used for, see {@link KeyRecord}
 */
record Maps(
        MVStore store,
        MVMap<String, String> facts,
        MVMap<String, byte[]> channels,
        MVMap<MessageKey, byte[]> messages,
        MVMap<String, byte[]> keys) {
    /** Pages at hand, in MiB. What live readers want is in memory anyway. */
    private static final int CACHE = 16;

    /** So long the room of what was replaced is not used again, in milliseconds: a read that has begun may still want it. */
    private static final int RETENTION = 10_000;

    static Maps open(String file) {
        return open(new MVStore.Builder().fileName(file).autoCommitDisabled().cacheSize(CACHE));
    }

    static Maps open(MVStore.Builder builder) {
        MVStore store = builder.open();
        store.setVersionsToKeep(0);
        store.setRetentionTime(RETENTION);
        return new Maps(
                store,
                store.openMap("facts", map(StringDataType.INSTANCE, StringDataType.INSTANCE)),
                store.openMap("channels", map(StringDataType.INSTANCE, ByteArrayDataType.INSTANCE)),
                store.openMap("messages", map(MessageKey.TYPE, ByteArrayDataType.INSTANCE)),
                store.openMap("keys", map(StringDataType.INSTANCE, ByteArrayDataType.INSTANCE)));
    }

    private static <K, V> MVMap.Builder<K, V> map(DataType<K> keys, DataType<V> values) {
        return new MVMap.Builder<K, V>().keyType(keys).valueType(values);
    }

    /** Makes what was changed since the last commit one step, and puts it onto the disk itself. */
    void commit() {
        store.commit();
        store.sync();
    }

    /** Forgets what was changed since the last commit. */
    void giveUp() {
        store.closeImmediately();
    }
}
