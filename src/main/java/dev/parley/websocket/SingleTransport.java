package dev.parley.websocket;

import dev.parley.core.Message;
import dev.parley.protocol.Frame;
import dev.parley.protocol.JsonCodec;
import jakarta.websocket.Session;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A frame for each message, for clients that know no more than JSON. Engines that can batch send them together. */
final class SingleTransport extends SocketTransport {
    private List<String> waiting = new ArrayList<>(0);
    private int gathered;

    SingleTransport(Session socket) throws IOException {
        super(socket);
        socket.getBasicRemote().setBatchingAllowed(true);
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
        List<String> frames = waiting;
        waiting = new ArrayList<>(0);
        gathered = 0;
        for (String frame : frames) {
            socket.getBasicRemote().sendText(frame);
        }
        socket.getBasicRemote().flushBatch();
    }

    private void add(String frame) {
        waiting.add(frame);
        gathered += frame.length();
    }
}
