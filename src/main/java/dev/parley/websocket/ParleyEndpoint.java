package dev.parley.websocket;

import dev.parley.core.User;
import dev.parley.protocol.CloseCode;
import dev.parley.session.ClientSession;
import dev.parley.session.Conversation;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.PongMessage;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The protocol {@code parley.v1}: commands one way, replies and messages the other, as JSON in text frames or, by the subprotocol
 * {@code parley.v1.cbor}, as CBOR in binary frames. One instance for each connection.
 */
@ServerEndpoint(
        value = "/ws",
        subprotocols = {"parley.v1", ParleyEndpoint.CBOR},
        configurator = EndpointFactory.class)
public final class ParleyEndpoint {
    static final String CBOR = "parley.v1.cbor";

    private final Endpoints endpoints;
    private final Parts parts;
    private final Inbox inbox;
    private @Nullable ClientSession session;
    private @Nullable Conversation conversation;
    private boolean cbor; // which of the two kinds of frame is taken

    ParleyEndpoint(Endpoints endpoints) {
        this.endpoints = endpoints;
        this.parts = new Parts(endpoints.frameSize());
        this.inbox = new Inbox(endpoints.commandBacklog(), this::failed);
    }

    @OnOpen
    public void open(Session socket) {
        endpoints.greet(socket);
        cbor = CBOR.equals(socket.getNegotiatedSubprotocol());
        User user = Newcomer.of(socket, endpoints.nameLength()).user();
        ClientSession opened = endpoints
                .sessions()
                .open(
                        user,
                        ClientSession.Kind.WEBSOCKET,
                        cbor ? new CborTransport(socket) : new JoiningTransport(socket))
                .orElse(null);
        if (opened == null) {
            SocketTransport.close(socket, CloseCode.OVERLOADED);
            return;
        }
        session = opened;
        conversation = new Conversation(opened, endpoints.gate(), endpoints.commands(), endpoints.terms());
        conversation.begin();
    }

    @OnMessage
    public void text(String part, boolean last) {
        if (session == null || conversation == null) {
            return;
        }
        session.received(part.length());
        if (cbor) {
            session.end(CloseCode.UNSUPPORTED_DATA);
            return;
        }
        try {
            String whole = parts.text(part, last);
            if (whole != null) {
                Conversation told = conversation;
                if (!inbox.put(whole.length(), () -> told.receive(whole))) {
                    told.refuse(whole, Inbox.full());
                }
            }
        } catch (Parts.TooBig e) {
            session.end(CloseCode.TOO_BIG);
        }
    }

    @OnMessage
    public void binary(ByteBuffer part, boolean last) {
        if (session == null || conversation == null) {
            return;
        }
        session.received(part.remaining());
        if (!cbor) {
            session.end(CloseCode.UNSUPPORTED_DATA);
            return;
        }
        try {
            byte[] whole = parts.binary(part, last);
            if (whole != null) {
                Conversation told = conversation;
                if (!inbox.put(whole.length, () -> told.receive(whole))) {
                    told.refuse(whole, Inbox.full());
                }
            }
        } catch (Parts.TooBig e) {
            session.end(CloseCode.TOO_BIG);
        }
    }

    @OnMessage
    public void pong(PongMessage message) {
        if (session != null) {
            session.heard();
        }
    }

    @OnClose
    public void close() {
        if (session != null) {
            inbox.putLast(session::ended);
        }
    }

    /** The container closes the connection after this. */
    @OnError
    public void error(Throwable cause) {
        Newcomer.log(session, cause);
    }

    private void failed(Throwable cause) {
        Newcomer.failed(session, cause);
    }
}
