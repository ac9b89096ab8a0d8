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
 * @param base of a compact channel, whose messages lie apart: what is at or before this offset is not retained; else {@link
 *     DurableLog#NONE}
 */
record ChannelRecord(long id, String epoch, long head, long sum, long newest, boolean loose, long base) {
    private static final int FIXED = 4 * Long.BYTES + 1;

    // bits of the byte that follows the numbers
    private static final int LOOSE = 1;
    private static final int COMPACT = 2;

    byte[] bytes() {
        byte[] text = epoch.getBytes(StandardCharsets.US_ASCII);
        ByteBuffer out = ByteBuffer.allocate(FIXED + (isCompact() ? Long.BYTES : 0) + text.length)
                .putLong(id)
                .putLong(head)
                .putLong(sum)
                .putLong(newest)
                .put((byte) ((loose ? LOOSE : 0) | (isCompact() ? COMPACT : 0)));
        if (isCompact()) {
            out.putLong(base);
        }
        return out.put(text).array();
    }

    static ChannelRecord of(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        long id = in.getLong();
        long head = in.getLong();
        long sum = in.getLong();
        long newest = in.getLong();
        int bits = in.get();
        long base = (bits & COMPACT) != 0 ? in.getLong() : DurableLog.NONE;
        String epoch = new String(bytes, in.position(), in.remaining(), StandardCharsets.US_ASCII);
        return new ChannelRecord(id, epoch, head, sum, newest, (bits & LOOSE) != 0, base);
    }

    boolean isCompact() {
        return base != DurableLog.NONE;
    }

    ChannelRecord with(String newEpoch) {
        return new ChannelRecord(id, newEpoch, head, sum, newest, false, base);
    }

    ChannelRecord forced() {
        return new ChannelRecord(id, epoch, head, sum, newest, false, base);
    }

    ChannelRecord between(long newBase, long newHead) {
        return new ChannelRecord(id, epoch, newHead, sum, newest, loose, newBase);
    }
}
