package dev.parley.boot;

import java.net.BindException;
import org.apache.catalina.connector.Connector;

/** The port: how many connections, and how little memory each takes. */
final class Listener {
    /** Above Parley's own limit of connections, so that a client that is one too many hears why. */
    private static final String CONNECTIONS = "20000";

    /** Whoever is not accepted yet waits in the system's queue. A restart brings all clients back at once. */
    private static final String WAITING = "4096";

    /** A reverse proxy keeps idle connections for a minute; who closes first must not be this side. In milliseconds. */
    private static final String KEEP_ALIVE = "75000";

    /**
     * Read and write buffer of every open connection, in bytes. What arrives is small; what leaves in bulk over WebSocket is written
     * past the buffer, and an event stream fills it in one or two steps.
     */
    private static final String READ_BUFFER = "1024";

    private static final String WRITE_BUFFER = "4096";

    /** Parley's answers have few headers, and an event stream keeps this buffer as long as it lives. In bytes. */
    private static final String RESPONSE_HEADERS = "2048";

    private Listener() {}

    static Connector of(Options options) {
        Connector connector = new Connector("org.apache.coyote.http11.Http11NioProtocol");
        connector.setPort(options.port());
        set(connector, "address", options.address());
        set(connector, "useVirtualThreads", "true");
        set(connector, "maxConnections", CONNECTIONS);
        set(connector, "acceptCount", WAITING);
        set(connector, "connectionTimeout", Integer.toString(options.handshakeMillis()));
        set(connector, "keepAliveTimeout", KEEP_ALIVE);
        set(connector, "maxKeepAliveRequests", "-1");
        set(connector, "tcpNoDelay", "true");
        set(connector, "socket.appReadBufSize", READ_BUFFER);
        set(connector, "socket.appWriteBufSize", WRITE_BUFFER);
        set(connector, "maxHttpResponseHeaderSize", RESPONSE_HEADERS);
        return connector;
    }

    private static void set(Connector connector, String name, String value) {
        if (!connector.setProperty(name, value)) {
            throw new IllegalStateException("Tomcat knows no connector property " + name);
        }
    }

    /** Why the port could not be opened, where {@code failure} says it in the system's words. */
    static StartFailure failure(Options options, StartFailure failure) {
        String port = "port " + options.port() + " on " + options.address();
        return failure.getCause() instanceof BindException
                ? new StartFailure("cannot listen on " + port + " (" + failure.getMessage()
                        + "); -Dparley.port= takes another port, 0 any that is free")
                : failure;
    }
}
