package dev.parley.fault;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.parley.wire.client.Session;
import dev.parley.wire.client.Wire;
import java.nio.ByteBuffer;

/** The transports, as a client begins to read a channel over each. All but {@link #WS} reach namespace {@code chat} by its room. */
public enum Carrier {
    WS {
        @Override
        byte[] request(String channel, String after) {
            return upgrade("/ws");
        }
    },
    CHAT {
        @Override
        byte[] request(String channel, String after) {
            return upgrade("/chat/" + Wire.encoded(room(channel)) + "?after=" + Wire.encoded(after));
        }
    },
    SSE {
        @Override
        byte[] request(String channel, String after) {
            return get("/events/" + Wire.encoded(channel) + "?after=" + Wire.encoded(after), "");
        }
    },
    POLL {
        @Override
        byte[] request(String channel, String after) {
            return get("/poll?wait=55&channel=" + Wire.encoded(channel) + "&after=" + Wire.encoded(after), "");
        }
    };

    private static final String NAMESPACE = "chat:";

    /** Any mask will do where no proxy is on the way; of zeros it leaves the payload as it is. */
    private static final int NO_MASK = 0;

    private static final int FIN = 0x80;
    private static final int MASKED = 0x80;
    private static final int LONGEST_SHORT = 125;

    /** What is sent first. */
    abstract byte[] request(String channel, String after);

    boolean isWebSocket() {
        return this == WS || this == CHAT;
    }

    /** What a client of {@link #WS} that has a name sends first. */
    static byte[] request(String name) {
        return upgrade("/ws?name=" + Wire.encoded(name));
    }

    /**
     * The frame that a client of {@link #WS} asks for the channel with, once it is connected.
     *
     * @param presence whether it wants to know who is there
     */
    static ByteBuffer subscription(String channel, String after, boolean presence) {
        String command = Session.command(1, "subscribe", "channel", channel, "after", after, "presence", presence);
        return frame(1, command.getBytes(UTF_8));
    }

    /** One whole frame from a client (RFC 6455, section 5.2). */
    public static ByteBuffer frame(int opcode, byte[] payload) {
        var frame = ByteBuffer.allocate(8 + payload.length).put((byte) (FIN | opcode));
        if (payload.length <= LONGEST_SHORT) {
            frame.put((byte) (MASKED | payload.length));
        } else {
            frame.put((byte) (MASKED | 126)).putShort((short) payload.length);
        }
        return frame.putInt(NO_MASK).put(payload).flip();
    }

    private static String room(String channel) {
        if (!channel.startsWith(NAMESPACE)) {
            throw new IllegalArgumentException(channel + " is no room");
        }
        return channel.substring(NAMESPACE.length());
    }

    private static byte[] upgrade(String path) {
        String headers = String.join(
                "\r\n",
                "Upgrade: websocket",
                "Connection: Upgrade",
                "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                "");
        return get(path, headers);
    }

    private static byte[] get(String path, String headerLines) {
        return ("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n" + headerLines + "\r\n").getBytes(US_ASCII);
    }
}
