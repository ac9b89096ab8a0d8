package dev.parley.websocket;

import dev.parley.core.Message;
import dev.parley.protocol.CborCodec;
import dev.parley.protocol.Frame;
import jakarta.websocket.Session;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Joins what waits into one binary frame: a CBOR sequence (RFC 8742), which needs nothing between its items. */
final class CborTransport extends SocketTransport {
    private List<byte[]> items = new ArrayList<>(1);
    private int gathered;

    CborTransport(Session socket) {
        super(socket);
    }

    @Override
    public void add(Frame frame) {
        add(CborCodec.bytes(frame));
    }

    @Override
    public void add(Message message) {
        add(message.as(CborCodec.MESSAGE));
    }

    @Override
    public int gathered() {
        return gathered;
    }

    @Override
    public void flush() throws IOException {
        ByteBuffer frame = ByteBuffer.allocate(gathered);
        items.forEach(frame::put);
        items = new ArrayList<>(1);
        gathered = 0;
        socket.getBasicRemote().sendBinary(frame.flip());
    }

    private void add(byte[] item) {
        items.add(item);
        gathered += item.length;
    }
}
