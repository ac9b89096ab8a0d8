package dev.parley.websocket;

import dev.parley.core.ChannelName;
import dev.parley.core.Hub;
import dev.parley.core.Start;
import dev.parley.protocol.CloseCode;
import dev.parley.protocol.Frame;
import dev.parley.protocol.Given;
import dev.parley.protocol.JsonText;
import dev.parley.protocol.Refused;
import dev.parley.session.ClientSession;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.PongMessage;
import jakarta.websocket.Session;
import jakarta.websocket.server.PathParam;
import jakarta.websocket.server.ServerEndpoint;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A room for clients that know no protocol: what they send is published, what is published they get, a frame each. */
@ServerEndpoint(value = "/chat/{room}", configurator = EndpointFactory.class)
public final class ChatEndpoint {
    private final Endpoints endpoints;
    private final Parts parts;
    private final Inbox inbox;
    private @Nullable ClientSession session;
    private @Nullable ChannelName channel;

    ChatEndpoint(Endpoints endpoints) {
        this.endpoints = endpoints;
        this.parts = new Parts(endpoints.messageSize());
        this.inbox = new Inbox(endpoints.commandBacklog(), this::failed);
    }

    @OnOpen
    public void open(Session socket, @PathParam("room") String room) throws IOException {
        endpoints.greet(socket);
        Newcomer newcomer = Newcomer.of(socket, endpoints.nameLength());
        ChannelName name = Given.channel("chat:" + room);
        ClientSession opened = endpoints
                .sessions()
                .open(newcomer.user(), ClientSession.Kind.CHAT, new SingleTransport(socket))
                .orElse(null);
        if (opened == null) {
            SocketTransport.close(socket, CloseCode.OVERLOADED);
            return;
        }
        session = opened;
        channel = name;
        inbox.put(0, () -> read(opened, name, newcomer.after()));
    }

    private void read(ClientSession opened, ChannelName name, Start after) {
        try {
            Hub.Joined joined = endpoints.gate().subscribe(opened, name, after);
            opened.read(
                    List.of(joined.subscription()),
                    joined.recovered() ? List.of() : List.of(Frame.Gap.before(joined.subscription(), after)));
        } catch (Refused e) {
            refuse(opened, e);
            opened.end(e.code().retry() ? CloseCode.OVERLOADED : CloseCode.NOT_ALLOWED);
        }
    }

    @OnMessage
    public void text(String part, boolean last) {
        ClientSession sender = session;
        if (sender == null) {
            return;
        }
        sender.received(part.length());
        try {
            String whole = parts.text(part, last);
            if (whole != null) {
                put(sender, whole.length(), () -> publish(sender, JsonText.string(whole)));
            }
        } catch (Parts.TooBig e) {
            sender.end(CloseCode.TOO_BIG);
        }
    }

    @OnMessage
    public void binary(ByteBuffer part, boolean last) {
        ClientSession sender = session;
        if (sender == null) {
            return;
        }
        sender.received(part.remaining());
        try {
            byte[] whole = parts.binary(part, last);
            if (whole != null) {
                put(sender, whole.length, () -> publish(sender, JsonText.binary(whole, "application/octet-stream")));
            }
        } catch (Parts.TooBig e) {
            sender.end(CloseCode.TOO_BIG);
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

    private void put(ClientSession sender, int size, Runnable work) {
        if (!inbox.put(size, work)) {
            refuse(sender, Inbox.full());
        }
    }

    private void publish(ClientSession sender, String data) {
        if (channel == null || !sender.isOpen()) {
            return;
        }
        try {
            endpoints.gate().publish(sender.user(), channel, data, "", null);
        } catch (Refused e) {
            refuse(sender, e);
        }
    }

    private void refuse(ClientSession sender, Refused why) {
        sender.send(new Frame.Error(0, why.code(), why.detail(), channel, why.retryAfter() * 1000L));
    }
}
