package dev.parley.embedded;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * What the archive knows of one channel.
 *
 * @param id stands for the channel's name in this life, in the keys of its messages
 * @param head offset of the newest message in the archive, also of one that is gone; at least 1
 * @param sum what all messages up to the head weigh, see {@link StoredMessage#sum}
 * @param newest when the newest message was stored, in milliseconds since 1970
 * @param loose whether messages may have been announced that were not forced to the disk: if the machine dies, they may be lost
 */
record ChannelRecord(long id, String epoch, long head, long sum, long newest, boolean loose) {
    private static final int FIXED = 4 * Long.BYTES + 1;

    byte[] bytes() {
        byte[] text = epoch.getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(FIXED + text.length)
                .putLong(id)
                .putLong(head)
                .putLong(sum)
                .putLong(newest)
                .put((byte) (loose ? 1 : 0))
                .put(text)
                .array();
    }

    static ChannelRecord of(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        long id = in.getLong();
        long head = in.getLong();
        long sum = in.getLong();
        long newest = in.getLong();
        boolean loose = in.get() != 0;
        return new ChannelRecord(
                id,
                new String(bytes, FIXED, bytes.length - FIXED, StandardCharsets.US_ASCII),
                head,
                sum,
                newest,
                loose);
    }

    ChannelRecord with(String newEpoch) {
        return new ChannelRecord(id, newEpoch, head, sum, newest, false);
    }

    ChannelRecord forced() {
        return new ChannelRecord(id, epoch, head, sum, newest, false);
    }
}
