package dev.parley.websocket;

import dev.parley.core.Message;
import dev.parley.protocol.Frame;
import dev.parley.protocol.JsonCodec;
import dev.parley.protocol.Line;
import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.Session;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Joins what waits into one text frame, a line each: many times as fast as a frame each, on every engine. */
final class JoiningTransport extends SocketTransport {
    private static final List<Line> NONE = List.of();

    private final boolean encoded; // the engine takes texts as bytes
    private @Nullable Line first; // of those to be written
    private List<Line> others = NONE;
    private int gathered;

    JoiningTransport(Session socket) {
        super(socket);
        this.encoded = TomcatTexts.areTakenBy(socket.getBasicRemote().getClass());
    }

    @Override
    public void add(Frame frame) {
        add(JsonCodec.line(frame));
    }

    @Override
    public void add(Message message) {
        add(message.as(JsonCodec.LINE));
    }

    @Override
    public int gathered() {
        return gathered;
    }

    @Override
    public void flush() throws IOException {
        Line head = first;
        if (head == null) {
            return;
        }
        List<Line> tail = others;
        int length = gathered;
        first = null;
        others = NONE;
        gathered = 0;
        RemoteEndpoint.Basic remote = socket.getBasicRemote();
        if (encoded) {
            TomcatTexts.send(remote, bytes(head, tail, length), NEVER);
        } else if (tail.isEmpty()) {
            remote.sendText(head.text());
        } else {
            StringBuilder text = new StringBuilder(length).append(head.text());
            tail.forEach(line -> text.append('\n').append(line.text()));
            remote.sendText(text.toString());
        }
    }

    private static ByteBuffer bytes(Line head, List<Line> tail, int length) {
        if (tail.isEmpty()) {
            return ByteBuffer.wrap(head.bytes(), 1, length - 1);
        }
        ByteBuffer all = ByteBuffer.allocate(length - 1).put(head.bytes(), 1, head.length() - 1);
        tail.forEach(line -> all.put(line.bytes()));
        return all.flip();
    }

    private void add(Line line) {
        gathered += line.length();
        if (first == null) {
            first = line;
            return;
        }
        if (others.isEmpty()) {
            others = new ArrayList<>();
        }
        others.add(line);
    }
}
