package dev.parley.wire;

import dev.parley.proxy.Fronted;
import dev.parley.wire.client.Wire;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Hands the server to the test classes: the one at {@code it.base} if that is set, {@code java -jar parley.war} behind the proxy
 * that {@code it.front} names, else the WAR, which is deployed for the first class and stays until the last test of the run.
 */
final class ServerUnderTest implements BeforeAllCallback, ParameterResolver {
    private static final ExtensionContext.Namespace NAMESPACE =
            ExtensionContext.Namespace.create(ServerUnderTest.class);

    /** The server, or why there is none; closed by JUnit at the end of the run. */
    private record Server(
            @Nullable Wire wire,
            @Nullable Closeable deployed,
            @Nullable Exception failure) implements AutoCloseable {
        static Server start() {
            String given = System.getProperty("it.base", "");
            if (!given.isEmpty()) {
                return new Server(new Wire(URI.create(given)), null, null);
            }
            try {
                String front = System.getProperty("it.front", "");
                if (!front.isEmpty()) {
                    Fronted fronted = Fronted.start(front);
                    return new Server(fronted.wire(), fronted, null);
                }
                Deployed deployed = Deployed.deploy();
                return new Server(new Wire(deployed.base()), deployed, null);
            } catch (Exception e) {
                return new Server(null, null, e);
            }
        }

        @Override
        public void close() throws IOException {
            if (wire != null) {
                wire.close();
            }
            if (deployed != null) {
                deployed.close();
            }
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        wire(context);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Wire.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return wire(context);
    }

    private static Wire wire(ExtensionContext context) {
        ExtensionContext.Store store = context.getRoot().getStore(NAMESPACE);
        Server server = store.getOrComputeIfAbsent(Server.class, key -> Server.start(), Server.class);
        if (server.wire() == null) {
            throw new IllegalStateException("there is no server to test", server.failure());
        }
        return server.wire();
    }
}
