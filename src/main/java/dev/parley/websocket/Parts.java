package dev.parley.websocket;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Puts together a message that the container hands over in parts. Keeps nothing between messages. */
final class Parts {
    private final int limit;
    private @Nullable StringBuilder text;
    private @Nullable ByteArrayOutputStream bytes;

    /** @param limit the longest message, in characters or bytes */
    Parts(int limit) {
        this.limit = limit;
    }

    /** @return the whole text, or null if more is to come */
    @Nullable
    String text(String part, boolean last) throws TooBig {
        StringBuilder before = text;
        if ((before == null ? 0 : before.length()) + part.length() > limit) {
            text = null;
            throw new TooBig();
        }
        if (last) {
            text = null;
            return before == null ? part : before.append(part).toString();
        }
        text = (before == null ? new StringBuilder() : before).append(part);
        return null;
    }

    /** @return all the bytes, or null if more are to come */
    byte @Nullable [] binary(ByteBuffer part, boolean last) throws TooBig {
        ByteArrayOutputStream all = bytes == null ? new ByteArrayOutputStream(part.remaining()) : bytes;
        if (all.size() + part.remaining() > limit) {
            bytes = null;
            throw new TooBig();
        }
        byte[] copy = new byte[part.remaining()];
        part.get(copy);
        all.writeBytes(copy);
        bytes = last ? null : all;
        return last ? all.toByteArray() : null;
    }

    /** The message is longer than it may be. */
    static final class TooBig extends Exception {
        private static final long serialVersionUID = 1L;

        TooBig() {
            super("message too big", null, false, false);
        }
    }
}
