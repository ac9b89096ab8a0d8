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
import java.time.Duration;

/** What the WebSocket transports share: signs of life and the end. */
abstract class SocketTransport implements Transport {
    private static final Logger LOG = System.getLogger(SocketTransport.class.getName());

    /**
     * Tomcat's own write deadline, in milliseconds; other engines do not know it. When it passes, Tomcat writes a close frame into
     * the middle of the frame that was stuck, which a client takes for anything. So there is none: the session's deadline passes. For
     * each write that has one Tomcat also keeps a place in a set of all that have.
     */
    private static final String SEND_TIMEOUT = "org.apache.tomcat.websocket.BLOCKING_SEND_TIMEOUT";

    static final long NEVER = -1;
    private static final long SOON = Duration.ofSeconds(1).toMillis();

    final Session socket;

    SocketTransport(Session socket) {
        this.socket = socket;
        socket.getUserProperties().put(SEND_TIMEOUT, NEVER);
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

    /**
     * Before it closes, Tomcat writes the batch if there is one, and waits for the stuck write as long as that may take. To end the
     * batch here has the same effect, and fails without a warning in the log.
     */
    @Override
    public final void cut(CloseCode code) {
        socket.getUserProperties().put(SEND_TIMEOUT, SOON);
        try {
            socket.getBasicRemote().setBatchingAllowed(false);
        } catch (IOException | IllegalStateException e) {
            LOG.log(Level.DEBUG, "a write was stuck", e);
        }
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
