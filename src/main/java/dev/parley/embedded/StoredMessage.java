package dev.parley.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.parley.core.ChannelName;
import dev.parley.core.Content;
import dev.parley.core.Message;
import dev.parley.core.Position;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * A message as bytes, the same in the journal and in the archive: a checksum of the rest (4 bytes), when it was stored (8), what
 * all of its channel weigh up to it (8), its own weight (4), how long event and sender are (4 each), event, sender, data in UTF-8.
 *
 * @param time in milliseconds since 1970
 * @param sum of the weights of all messages of this life of the channel up to and with this one, also of those long gone
 * @param weight as {@link Content#weight} counts
 */
record StoredMessage(long time, long sum, int weight) {
    private static final int CHECKED_FROM = 4;
    private static final int HEAD = 32;

    /** The message's bytes, save for what only its place in the log decides: {@link #complete} adds that. */
    static byte[] bytes(Content content) {
        byte[] event = content.event().getBytes(UTF_8);
        byte[] from = content.from().getBytes(UTF_8);
        byte[] data = content.data().getBytes(UTF_8);
        return ByteBuffer.allocate(HEAD + event.length + from.length + data.length)
                .position(HEAD - 12)
                .putInt(Math.toIntExact(content.weight()))
                .putInt(event.length)
                .putInt(from.length)
                .put(event)
                .put(from)
                .put(data)
                .array();
    }

    static void complete(byte[] bytes, long time, long sum) {
        ByteBuffer.wrap(bytes).putLong(CHECKED_FROM, time).putLong(CHECKED_FROM + 8, sum);
        ByteBuffer.wrap(bytes).putInt(0, checksum(bytes));
    }

    static boolean isSound(byte[] bytes) {
        return bytes.length >= HEAD && ByteBuffer.wrap(bytes).getInt() == checksum(bytes);
    }

    static StoredMessage head(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        return new StoredMessage(in.getLong(CHECKED_FROM), in.getLong(CHECKED_FROM + 8), in.getInt(HEAD - 12));
    }

    /** What all messages before this one weigh. */
    long sumBefore() {
        return sum - weight;
    }

    static Message message(ChannelName channel, Position position, byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        long time = in.getLong(CHECKED_FROM);
        int event = in.getInt(HEAD - 8);
        int from = in.getInt(HEAD - 4);
        int data = HEAD + event + from;
        var content = new Content(
                new String(bytes, data, bytes.length - data, UTF_8),
                new String(bytes, HEAD, event, UTF_8),
                new String(bytes, HEAD + event, from, UTF_8));
        return new Message(channel, position, content, time);
    }

    private static int checksum(byte[] bytes) {
        var crc = new CRC32C();
        crc.update(bytes, CHECKED_FROM, bytes.length - CHECKED_FROM);
        return (int) crc.getValue();
    }
}
