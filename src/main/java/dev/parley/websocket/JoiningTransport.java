package dev.parley.websocket;

import dev.parley.core.Message;
import dev.parley.protocol.Frame;
import dev.parley.protocol.JsonCodec;
import jakarta.websocket.Session;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Joins what waits into one text frame, a line each: many times as fast as a frame each, on every engine. */
final class JoiningTransport extends SocketTransport {
    private @Nullable String only; // a single line is sent as it is
    private @Nullable StringBuilder lines; // from the second on
    private int gathered;

    JoiningTransport(Session socket) {
        super(socket);
    }

    @Override
    public void add(Frame frame) {
        add(JsonCodec.text(frame));
    }

    @Override
    public void add(Message message) {
        add(message.as(JsonCodec.MESSAGE));
    }

    @Override
    public int gathered() {
        return gathered;
    }

    @Override
    public void flush() throws IOException {
        String frame = lines == null ? only : lines.toString();
        only = null;
        lines = null;
        gathered = 0;
        if (frame != null) {
            socket.getBasicRemote().sendText(frame);
        }
    }

    private void add(String line) {
        gathered += line.length();
        if (lines != null) {
            lines.append('\n').append(line);
        } else if (only != null) {
            lines = new StringBuilder(only.length() + line.length() * 8)
                    .append(only)
                    .append('\n')
                    .append(line);
        } else {
            only = line;
        }
    }
}
