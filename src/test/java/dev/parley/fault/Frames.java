package dev.parley.fault;

import java.nio.ByteBuffer;

/** WebSocket frames from a server (RFC 6455, section 5): texts to lines, the rest to its owner. */
public final class Frames implements Wrapping {
    /** What a peer does about frames that are no text. */
    public interface Owner {
        void pinged(byte[] payload);

        /** @param code 1005 if the frame has none */
        void closing(int code);
    }

    private static final int FIN = 0x80;
    private static final int CONTROL = 0x08;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int NO_CODE = 1005;
    private static final int LONGEST_HEAD = 10;
    private static final int LONGEST_CONTROL = 125;

    private final Lines lines;
    private final Owner owner;
    private final ByteBuffer head = ByteBuffer.allocate(LONGEST_HEAD);
    private final ByteBuffer control = ByteBuffer.allocate(LONGEST_CONTROL);
    private long missing = -1; // of the payload; -1 in the head

    public Frames(Lines lines, Owner owner) {
        this.lines = lines;
        this.owner = owner;
    }

    @Override
    public void take(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to) {
            if (missing < 0) {
                head.put(bytes[at++]);
                missing = length();
            } else {
                int piece = (int) Math.min(missing, to - at);
                payload(bytes, at, at + piece);
                missing -= piece;
                at += piece;
            }
            if (missing == 0) {
                ended();
            }
        }
    }

    /** Of the payload, or -1 while the head is not complete. */
    private long length() {
        int second = head.position() < 2 ? 0 : head.get(1);
        return switch (head.position()) {
            case 2 -> second < 126 ? second : -1;
            case 4 -> second == 126 ? head.getShort(2) & 0xffff : -1;
            case LONGEST_HEAD -> head.getLong(2);
            default -> -1;
        };
    }

    private void payload(byte[] bytes, int from, int to) {
        if ((head.get(0) & CONTROL) != 0) {
            control.put(bytes, from, to - from);
        } else {
            lines.take(bytes, from, to);
        }
    }

    private void ended() {
        int first = head.get(0);
        head.clear();
        missing = -1;
        if ((first & CONTROL) != 0) {
            control(first & 0xf, control.flip());
            control.clear();
        } else if ((first & FIN) != 0) {
            lines.end();
        }
    }

    private void control(int opcode, ByteBuffer payload) {
        if (opcode == PING) {
            byte[] copy = new byte[payload.remaining()];
            payload.get(copy);
            owner.pinged(copy);
        } else if (opcode == CLOSE) {
            owner.closing(payload.remaining() < 2 ? NO_CODE : payload.getShort() & 0xffff);
        }
    }
}
