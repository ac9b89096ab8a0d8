package dev.parley.embedded;

import java.nio.ByteBuffer;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.WriteBuffer;
import org.h2.mvstore.type.BasicDataType;

/**
 * Where a message lies in the archive: those of one channel beside each other, in their order.
 *
 * @param channel the channel's {@link ChannelRecord#id}
 */
record MessageKey(long channel, long offset) implements Comparable<MessageKey> {
    static final Type TYPE = new Type();

    @Override
    public int compareTo(MessageKey other) {
        return channel != other.channel ? Long.compare(channel, other.channel) : Long.compare(offset, other.offset);
    }

    /** How the archive compares, measures and writes these. */
    static final class Type extends BasicDataType<MessageKey> {
        private static final int MEMORY = 32; // in bytes

        private Type() {}

        @Override
        public int compare(MessageKey a, MessageKey b) {
            return a.compareTo(b);
        }

        @Override
        public int getMemory(MessageKey key) {
            return MEMORY;
        }

        @Override
        public void write(WriteBuffer out, MessageKey key) {
            out.putVarLong(key.channel).putVarLong(key.offset);
        }

        @Override
        public MessageKey read(ByteBuffer in) {
            return new MessageKey(DataUtils.readVarLong(in), DataUtils.readVarLong(in));
        }

        @Override
        public MessageKey[] createStorage(int size) {
            return new MessageKey[size];
        }
    }
}
