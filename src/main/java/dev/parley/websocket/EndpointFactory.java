package dev.parley.websocket;

import jakarta.websocket.Extension;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes an endpoint for each connection. Containers create this class themselves, by its name in an annotation, and give it no
 * way to reach the application; hence the one static field of Parley. Each deployment has a class loader of its own, and so a
 * field of its own.
 */
public final class EndpointFactory extends ServerEndpointConfig.Configurator {
    /**
     * How long Tomcat tries to send the close frame that says what a client has done wrong, in milliseconds; other engines do not
     * know it. Its default of 50 passes while a busy machine has other things to do, and the client never learns why.
     */
    private static final String CLOSE_TIMEOUT = "org.apache.tomcat.websocket.ABNORMAL_SESSION_CLOSE_SEND_TIMEOUT";

    private static final Long CLOSE_MILLIS = 2000L;

    private static volatile @Nullable Endpoints deployed;

    /** To be called before the first connection; null undoes it. */
    public static void deploy(@Nullable Endpoints endpoints) {
        deployed = endpoints;
    }

    @Override
    public <T> T getEndpointInstance(Class<T> type) throws InstantiationException {
        Endpoints endpoints = deployed;
        if (endpoints == null) {
            throw new InstantiationException("Parley is not running");
        }
        return type.cast(endpoints.create(type));
    }

    @Override
    public void modifyHandshake(ServerEndpointConfig endpoint, HandshakeRequest request, HandshakeResponse response) {
        endpoint.getUserProperties().put(CLOSE_TIMEOUT, CLOSE_MILLIS);
    }

    /** The first that the client names and the endpoint speaks: a client names them in the order in which it likes them. */
    @Override
    public String getNegotiatedSubprotocol(List<String> supported, List<String> requested) {
        return requested.stream().filter(supported::contains).findFirst().orElse("");
    }

    /**
     * No extension unless the operator wants it. Tomcat compresses whenever a client offers it, and browsers do: each connection then
     * costs 40 KB of heap and up to 220 KB outside of it, and each frame several times the CPU.
     */
    @Override
    public List<Extension> getNegotiatedExtensions(List<Extension> installed, List<Extension> requested) {
        Endpoints endpoints = deployed;
        return endpoints != null && endpoints.compression()
                ? super.getNegotiatedExtensions(installed, requested)
                : List.of();
    }
}
