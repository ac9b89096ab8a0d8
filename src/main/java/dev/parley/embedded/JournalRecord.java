package dev.parley.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.parley.core.ChannelName;
import dev.parley.core.Position;
import dev.parley.core.PublishKey;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What the journal says of one message.
 *
 * @param loose whether the channel's messages may from here on be announced before they are forced to the disk
 * @param bytes as {@link StoredMessage} lays them out
 */
@SuppressWarnings("ArrayRecordComponent") // read once, and never compared
record JournalRecord(
        ChannelName channel,
        Position position,
        boolean loose,
        @Nullable PublishKey key,
        byte[] bytes) {
    private static final int LOOSE = 1;
    private static final int WITH_KEY = 2;

    /** Upper bound of what {@link #write} needs, in bytes. */
    static int room(Entry entry) {
        PublishKey key = entry.key();
        int texts = key == null ? 0 : 3 * (key.publisher().length() + key.key().length());
        return 64 + ChannelName.MAX_LENGTH + Position.MAX_EPOCH + texts + entry.bytes().length;
    }

    static void write(ByteBuffer out, Entry entry, Position position, boolean loose) {
        PublishKey key = entry.key();
        out.put((byte) ((loose ? LOOSE : 0) | (key == null ? 0 : WITH_KEY)));
        put(out, entry.log().name().text());
        put(out, position.epoch());
        out.putLong(position.offset());
        if (key != null) {
            put(out, key.publisher());
            put(out, key.key());
        }
        out.putInt(entry.bytes().length).put(entry.bytes());
    }

    /** @throws RuntimeException of any kind if these bytes are none, which a frame's checksum all but excludes */
    static JournalRecord read(ByteBuffer in) {
        int flags = in.get();
        var channel = new ChannelName(text(in));
        var position = new Position(text(in), in.getLong());
        PublishKey key = (flags & WITH_KEY) == 0 ? null : new PublishKey(text(in), text(in));
        byte[] bytes = new byte[in.getInt()];
        in.get(bytes);
        return new JournalRecord(channel, position, (flags & LOOSE) != 0, key, bytes);
    }

    private static void put(ByteBuffer out, String text) {
        byte[] bytes = text.getBytes(UTF_8);
        out.putInt(bytes.length).put(bytes);
    }

    private static String text(ByteBuffer in) {
        byte[] bytes = new byte[in.getInt()];
        in.get(bytes);
        return new String(bytes, UTF_8);
    }
}
