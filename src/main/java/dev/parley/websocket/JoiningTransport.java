package dev.parley.websocket;

import dev.parley.core.Message;
import dev.parley.protocol.Frame;
import dev.parley.protocol.JsonCodec;
import dev.parley.protocol.Line;
import jakarta.websocket.Session;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Joins what waits into one text frame, a line each: many times as fast as a frame each, on every engine. */
final class JoiningTransport extends SocketTransport {
    private static final List<Line> NONE = List.of();

    private final @Nullable TomcatSocket direct; // where the engine lets others write frames
    private @Nullable Line first; // of what waits
    private List<Line> several = NONE; // all that waits, if that is more than one
    private int gathered;

    JoiningTransport(Session socket) {
        super(socket);
        this.direct = TomcatRemotes.have(socket) ? TomcatSocket.of(socket) : null;
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
        Line only = first;
        if (only == null) {
            return;
        }
        List<Line> lines = several;
        int length = gathered;
        first = null;
        several = NONE;
        gathered = 0;
        if (direct != null) {
            direct.write(lines.isEmpty() ? only.frame() : Line.frame(lines, length));
        } else {
            socket.getBasicRemote().sendText(lines.isEmpty() ? only.text() : Line.text(lines));
        }
    }

    private void add(Line line) {
        gathered += line.length();
        Line before = first;
        if (before == null) {
            first = line;
            return;
        }
        if (several.isEmpty()) {
            several = new ArrayList<>();
            several.add(before);
        }
        several.add(line);
    }
}
