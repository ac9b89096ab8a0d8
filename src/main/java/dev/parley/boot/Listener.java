package dev.parley.boot;

import java.net.BindException;
import java.util.Map;
import org.apache.catalina.connector.Connector;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.tomcat.util.IntrospectionUtils;
import org.jspecify.annotations.Nullable;

/** The port: how many connections, and how little memory each takes. */
final class Listener {
    /** Above Parley's own limit of connections, so that a client that is one too many hears why. */
    private static final String CONNECTIONS = "20000";

    /** Whoever is not accepted yet waits in the system's queue. A restart brings all clients back at once. */
    private static final String WAITING = "4096";

    /** A reverse proxy keeps idle connections for a minute; who closes first must not be this side. In milliseconds. */
    private static final String KEEP_ALIVE = "75000";

    /**
     * Tomcat has three WebSocket buffers of this size for every connection, for what comes in, what goes out and the encoding of
     * texts. A frame that fits leaves in one write. In bytes.
     */
    static final String FRAME_BUFFER = "3584";

    /** Read buffer of every connection, in bytes: what arrives is small. */
    private static final String READ_BUFFER = "1024";

    /** Write buffer of every connection, in bytes: a full frame and its head. */
    private static final String WRITE_BUFFER = "3600";

    /**
     * So much of a body that is refused is still read, in bytes: a connection that is closed with something unread is reset, and
     * the client, or the proxy before it, may never see why.
     */
    private static final String SWALLOWED = "16777216";

    /** An event stream keeps the buffers for both heads as long as it lives. Room for a long token; answers have few headers. */
    private static final String REQUEST_HEADERS = "6144";

    private static final String RESPONSE_HEADERS = "1536";

    /** The servlets' output buffer, once as bytes and once as characters, which an event stream keeps as well. */
    private static final int RESPONSE_BUFFER = 512;

    /** A {@code %2F} in the name of a channel is Parley's to refuse, with its code, and in a user's name it may be. */
    private static final String ENCODED = "passthrough";

    /** So many of what served a connection are kept for the next one. Without a bound all of a busy hour's would stay. */
    private static final String KEPT = "64";

    private Listener() {}

    static Connector of(Options options) {
        Connector connector = new Connector(new Protocol());
        connector.setPort(options.port());
        attributes(options).forEach((name, value) -> set(connector, name, value));
        return connector;
    }

    /** By the names that Tomcat's {@code server.xml} gives them; {@code config/tomcat} has the same. */
    static Map<String, String> attributes(Options options) {
        return Map.ofEntries(
                Map.entry("address", options.address()),
                Map.entry("useVirtualThreads", "true"),
                Map.entry("maxConnections", CONNECTIONS),
                Map.entry("acceptCount", WAITING),
                Map.entry("connectionTimeout", Integer.toString(options.handshakeMillis())),
                Map.entry("keepAliveTimeout", KEEP_ALIVE),
                Map.entry("maxKeepAliveRequests", "-1"),
                Map.entry("tcpNoDelay", "true"),
                Map.entry("encodedSolidusHandling", ENCODED),
                Map.entry("encodedReverseSolidusHandling", ENCODED),
                Map.entry("processorCache", KEPT),
                Map.entry("socket.bufferPool", KEPT),
                Map.entry("socket.appReadBufSize", READ_BUFFER),
                Map.entry("socket.appWriteBufSize", WRITE_BUFFER),
                Map.entry("socket.directBuffer", "true"), // else each write copies into a direct buffer of the JDK's
                Map.entry("useAsyncIO", "false"), // that one writes head and payload apart: a tenth slower
                Map.entry("maxSwallowSize", SWALLOWED),
                Map.entry("maxHttpRequestHeaderSize", REQUEST_HEADERS),
                Map.entry("maxHttpResponseHeaderSize", RESPONSE_HEADERS));
    }

    /** To be called before Tomcat's WebSocket classes are loaded, which read it once. */
    static void shrinkFrameBuffers() {
        String name = "org.apache.tomcat.websocket.DEFAULT_BUFFER_SIZE";
        System.setProperty(name, System.getProperty(name, FRAME_BUFFER));
    }

    private static void set(Connector connector, String name, String value) {
        if (!IntrospectionUtils.setProperty(connector, name, value)) { // its own, or its protocol's
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

    /** Tomcat asks its protocol for what it has no setting for. */
    private static final class Protocol extends Http11NioProtocol {
        private volatile boolean named;

        Protocol() {
            super(new FrameEndpoint());
        }

        @Override
        public void init() throws Exception {
            super.init();
            named = true;
        }

        /**
         * Without a domain Tomcat registers no JMX object for the requests of each connection, which it does under one lock for
         * all. A virtual thread that waits for a lock gets it only after all that stands in the scheduler's queue: while thousands
         * of connections ended and began at once, that held up everything for a minute.
         */
        @Override
        public @Nullable String getDomain() {
            return named ? null : super.getDomain();
        }

        @Override
        public int getDesiredBufferSize() {
            return RESPONSE_BUFFER;
        }
    }
}
