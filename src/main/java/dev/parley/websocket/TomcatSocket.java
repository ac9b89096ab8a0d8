package dev.parley.websocket;

import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.SendHandler;
import jakarta.websocket.SendResult;
import jakarta.websocket.Session;
import java.io.EOFException;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.apache.tomcat.websocket.server.WsRemoteEndpointImplServer;
import org.jspecify.annotations.Nullable;

/**
 * The socket of one of Tomcat's WebSockets, to which frames go as they are. Jakarta WebSocket takes texts as strings only, which Tomcat
 * encodes for each connection anew, and splits; and for each message it makes six objects, which thousands of readers make the
 * collector's work.
 *
 * <p>Tomcat sends frames of its own, such as the PONG for a PING. Whoever sends has the turn, and passes it on in Tomcat's way, which
 * sends what came up meanwhile. On another engine this class cannot be loaded.
 */
final class TomcatSocket {
    private static final Logger LOG = System.getLogger(TomcatSocket.class.getName());

    private static final @Nullable Access ACCESS = access();

    private final RemoteEndpoint.Basic remote;
    private final SocketWrapperBase<?> socket;
    private final Semaphore turn;

    /** Handles that all take a remote endpoint first. */
    private record Access(MethodHandle socket, MethodHandle turn, MethodHandle closed, MethodHandle passTurn) {}

    private TomcatSocket(RemoteEndpoint.Basic remote, SocketWrapperBase<?> socket, Semaphore turn) {
        this.remote = remote;
        this.socket = socket;
        this.turn = turn;
    }

    /** @return null if its frames are not sent as they are, such as compressed ones, or this Tomcat does not let others send any */
    static @Nullable TomcatSocket of(Session session) {
        Access access = ACCESS;
        if (access == null || !session.getNegotiatedExtensions().isEmpty()) {
            return null;
        }
        RemoteEndpoint.Basic remote = session.getBasicRemote();
        try {
            var socket = (SocketWrapperBase<?>) access.socket().invokeExact(remote);
            return new TomcatSocket(remote, socket, (Semaphore) access.turn().invokeExact(remote));
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /**
     * Waits until all is written. For one thread at a time.
     *
     * @param frames whole ones, and whole messages
     * @throws EOFException if a close frame has been sent before
     */
    void write(ByteBuffer frames) throws IOException {
        boolean written = false;
        turn.acquireUninterruptibly();
        try {
            if (isClosed()) {
                throw new EOFException("closed before");
            }
            socket.setWriteTimeout(SocketTransport.NEVER);
            socket.write(true, frames);
            socket.flush(true);
            written = true;
        } finally {
            if (!written) {
                turn.release();
            }
        }
        passTurn();
    }

    private boolean isClosed() {
        try {
            return (boolean) known().closed().invokeExact(remote);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    private void passTurn() {
        try {
            known().passTurn().invokeExact(remote);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    private static Access known() {
        return Objects.requireNonNull(ACCESS);
    }

    private static RuntimeException unexpected(Throwable cause) {
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof RuntimeException known ? known : new IllegalStateException(cause);
    }

    private static @Nullable Access access() {
        try {
            return new Access(
                    TomcatRemotes.find((lookup, endpoints) -> TomcatRemotes.in(WsRemoteEndpointImplServer.class)
                            .findGetter(WsRemoteEndpointImplServer.class, "socketWrapper", SocketWrapperBase.class)
                            .asType(MethodType.methodType(SocketWrapperBase.class, endpoints))),
                    TomcatRemotes.find((lookup, endpoints) ->
                            lookup.findGetter(endpoints, "messagePartInProgress", Semaphore.class)),
                    TomcatRemotes.find((lookup, endpoints) -> lookup.findGetter(endpoints, "closed", boolean.class)),
                    TomcatRemotes.find((lookup, endpoints) -> MethodHandles.insertArguments(
                            lookup.findVirtual(
                                    endpoints,
                                    "endMessage",
                                    MethodType.methodType(void.class, SendHandler.class, SendResult.class)),
                            1,
                            null,
                            null)));
        } catch (ReflectiveOperationException e) {
            LOG.log(Level.INFO, "frames are made and written by Tomcat", e);
            return null;
        }
    }
}
