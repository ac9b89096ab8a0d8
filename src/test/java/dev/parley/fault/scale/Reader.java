package dev.parley.fault.scale;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/**
 * One connection: a WebSocket or an event stream that reads a room and the hall that everyone is in. Of what arrives it only looks
 * for the marks in the messages, {@code @hall TIME@} and {@code @room TIME@}, wherever they stand; TIME 0 is of one that is not measured.
 */
final class Reader {
    private static final int LONGEST_MARK = 40;
    private static final String UPGRADE = """
        Upgrade: websocket
        Connection: Upgrade
        Sec-WebSocket-Version: 13
        Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
        """;
    private static final String SUBSCRIBE = "{\"id\":1,\"type\":\"subscribe\",\"channel\":\"%s\"}";

    /** Is given each message that comes and is to be measured, with what it took, in ns. */
    interface Delivered {
        void message(boolean fromHall, long nanos);
    }

    private final SocketChannel socket;
    private final String room;
    private final boolean stream;
    private final byte[] mark = new byte[LONGEST_MARK];
    private int marked = -1; // bytes of a mark that has begun; -1 outside
    private int answers; // lines that say that it reads, so far
    private int fromRoom;
    private int fromHall;

    /** @param stream whether by an event stream, else by WebSocket */
    Reader(SocketChannel socket, String room, boolean stream) {
        this.socket = socket;
        this.room = room;
        this.stream = stream;
    }

    void ask() throws IOException {
        String path = stream ? "/events?channel=" + room + "&channel=" + ScaleBench.HALL : "/ws";
        String upgrade = stream ? "" : UPGRADE.replace("\n", "\r\n");
        send(ByteBuffer.wrap(
                ("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n" + upgrade + "\r\n").getBytes(US_ASCII)));
    }

    private void send(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            socket.write(bytes);
        }
    }

    private void subscribe() throws IOException {
        String commands = SUBSCRIBE.formatted(room) + '\n' + SUBSCRIBE.formatted(ScaleBench.HALL);
        byte[] text = commands.getBytes(US_ASCII);
        var frame = ByteBuffer.allocate(8 + text.length).put((byte) 0x81);
        frame.put((byte) (0x80 | 126)).putShort((short) text.length); // masked with zeros
        send(frame.putInt(0).put(text).flip());
    }

    boolean isReading() {
        return answers >= (stream ? 1 : 3);
    }

    int fromRoom() {
        return fromRoom;
    }

    int fromHall() {
        return fromHall;
    }

    void read(ByteBuffer bytes, Delivered to) throws IOException {
        if (!isReading()) {
            begin(US_ASCII.decode(bytes.duplicate()).toString());
        }
        long now = System.nanoTime();
        while (bytes.hasRemaining()) {
            byte next = bytes.get();
            if (next == '@') {
                if (marked > 0) {
                    take(new String(mark, 0, marked, US_ASCII), now, to);
                }
                marked = marked < 0 ? 0 : -1;
            } else if (marked >= 0) {
                mark[marked] = next;
                marked = marked == LONGEST_MARK - 1 ? -1 : marked + 1;
            }
        }
    }

    /** The answers to the request and to the subscriptions come one by one, so that they do not mix with what is read. */
    private void begin(String text) throws IOException {
        if (stream) {
            answers += text.contains("id: ") ? 1 : 0; // the first block, which has a cursor and no data
            return;
        }
        if (text.contains("\"connected\"")) {
            answers++;
            subscribe();
        }
        answers += text.split("\"subscribed\"", -1).length - 1;
    }

    private void take(String text, long now, Delivered to) {
        String[] words = text.split(" ", 2);
        boolean hall = words[0].equals("hall");
        if (hall) {
            fromHall++;
        } else {
            fromRoom++;
        }
        long sent = Long.parseLong(words[1]);
        if (sent > 0) {
            to.message(hall, now - sent);
        }
    }
}
