package dev.parley.websocket;

import dev.parley.protocol.CommandReader;
import dev.parley.session.Conversation;
import dev.parley.session.Gate;
import dev.parley.session.Sessions;
import jakarta.websocket.Session;

/**
 * What the endpoints work with.
 *
 * @param frameSize the longest text that {@code /ws} takes as one message, in characters
 * @param messageSize the longest text or binary that {@code /chat} takes, in characters or bytes
 * @param commandBacklog of one client, what may wait for what it sent before, in characters or bytes
 * @param nameLength the longest nickname, in characters
 * @param compression whether extensions that the container has are negotiated
 * @param compressionThreshold messages of fewer bytes are not compressed even then
 */
public record Endpoints(
        Gate gate,
        Sessions sessions,
        CommandReader commands,
        Conversation.Terms terms,
        int frameSize,
        int messageSize,
        int commandBacklog,
        int nameLength,
        boolean compression,
        int compressionThreshold) {

    Object create(Class<?> endpoint) {
        if (endpoint == ParleyEndpoint.class) {
            return new ParleyEndpoint(this);
        }
        if (endpoint == ChatEndpoint.class) {
            return new ChatEndpoint(this);
        }
        if (endpoint == EchoEndpoint.class) {
            return new EchoEndpoint(this);
        }
        throw new IllegalArgumentException(endpoint + " is no endpoint of this application");
    }

    /** To be called for each new connection before anything is sent. */
    void greet(Session socket) {
        if (!socket.getNegotiatedExtensions().isEmpty()) {
            ShortMessages.pass(socket.getBasicRemote(), compressionThreshold);
        }
    }
}
