package dev.parley.websocket;

import dev.parley.protocol.CloseCode;
import dev.parley.session.Transport;
import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.Session;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;

/** What the WebSocket transports share: signs of life and the end. */
abstract class SocketTransport implements Transport {
    private static final Logger LOG = System.getLogger(SocketTransport.class.getName());

    final Session socket;

    SocketTransport(Session socket) {
        this.socket = socket;
    }

    @Override
    public final void ping() throws IOException {
        socket.getBasicRemote().sendPing(ByteBuffer.allocate(0));
        socket.getBasicRemote().flushBatch(); // Tomcat keeps a PING in the batch too
    }

    @Override
    public final void close(CloseCode code) {
        close(socket, code);
    }

    static void close(Session socket, CloseCode code) {
        try {
            socket.close(new CloseReason(CloseCodes.getCloseCode(code.number()), code.text()));
        } catch (IOException | IllegalStateException e) {
            LOG.log(Level.DEBUG, "closing a connection that has ended", e);
        }
    }
}
