package dev.parley.websocket;

import dev.parley.protocol.CloseCode;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Sends back what comes, as it came: for conformance suites, and to try the way through a proxy. Off unless switched on. */
@ServerEndpoint(value = "/echo", configurator = EndpointFactory.class)
public final class EchoEndpoint {
    static final int MESSAGE_SIZE = 16 << 20;

    private final Endpoints endpoints;
    private final Parts parts = new Parts(MESSAGE_SIZE);
    private final Turn turn = new Turn();

    EchoEndpoint(Endpoints endpoints) {
        this.endpoints = endpoints;
    }

    @OnOpen
    public void open(Session socket) {
        endpoints.greet(socket);
    }

    @OnMessage
    public void text(String part, boolean last, Session socket) throws IOException {
        try {
            String whole = parts.text(part, last);
            if (whole != null) {
                socket.getBasicRemote().sendText(whole);
                turn.spend(whole.length());
            }
        } catch (Parts.TooBig e) {
            SocketTransport.close(socket, CloseCode.TOO_BIG);
        }
    }

    @OnMessage
    public void binary(ByteBuffer part, boolean last, Session socket) throws IOException {
        try {
            byte[] whole = parts.binary(part, last);
            if (whole != null) {
                socket.getBasicRemote().sendBinary(ByteBuffer.wrap(whole));
                turn.spend(whole.length);
            }
        } catch (Parts.TooBig e) {
            SocketTransport.close(socket, CloseCode.TOO_BIG);
        }
    }

    /** The container closes the connection after this. */
    @OnError
    public void error(@Nullable Session socket, Throwable cause) {
        Newcomer.log(null, cause);
    }
}
