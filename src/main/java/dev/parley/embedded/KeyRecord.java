package dev.parley.embedded;

import dev.parley.core.PublishKey;
import java.nio.ByteBuffer;

/**
 * A used key in the archive.
 *
 * @param offset of the message that it was used for
 * @param expires when it is forgotten, in milliseconds since 1970
 */
record KeyRecord(long offset, long expires) {
    private static final char BETWEEN = '\u0000';

    /** By what it is found: the channel's {@link ChannelRecord#id}, the publisher, the key. */
    static String name(long channel, PublishKey key) {
        return first(channel)
                + key.publisher().length() // so that no two pairs have one name
                + BETWEEN
                + key.publisher()
                + key.key();
    }

    /** What comes before all names of this channel's keys. */
    static String first(long channel) {
        return Long.toString(channel, Character.MAX_RADIX) + BETWEEN;
    }

    static boolean isOf(long channel, String name) {
        return name.startsWith(first(channel));
    }

    /** The publisher and the key that a {@link #name} was made of. */
    static PublishKey key(String name) {
        int length = name.indexOf(BETWEEN) + 1;
        int publisher = name.indexOf(BETWEEN, length) + 1;
        int key = publisher + Integer.parseInt(name.substring(length, publisher - 1));
        return new PublishKey(name.substring(publisher, key), name.substring(key));
    }

    byte[] bytes() {
        return ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(offset)
                .putLong(expires)
                .array();
    }

    static KeyRecord of(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        return new KeyRecord(in.getLong(), in.getLong());
    }
}
