package dev.parley.protocol;

import dev.parley.core.Format;
import dev.parley.core.Message;

/**
 * The CBOR form of what the server says: the same objects as {@link JsonCodec} writes, so that there is one place that knows
 * their members. A frame on the wire is a CBOR sequence of them.
 */
public final class CborCodec {
    public static final Format<byte[]> MESSAGE = new Format<>() {
        @Override
        public int slot() {
            return 4;
        }

        @Override
        public byte[] encode(Message message) {
            return CborWriter.sequence(message.as(JsonCodec.MESSAGE));
        }
    };

    private CborCodec() {}

    public static byte[] bytes(Frame frame) {
        return frame instanceof Frame.Shared shared
                ? shared.forms().get(MESSAGE.slot(), () -> CborWriter.sequence(JsonCodec.text(shared)))
                : CborWriter.sequence(JsonCodec.text(frame));
    }
}
