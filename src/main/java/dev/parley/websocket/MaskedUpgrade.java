package dev.parley.websocket;

import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpUpgradeHandler;
import jakarta.servlet.http.WebConnection;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** Stands between the container and an engine that takes frames without a mask. Public for the container, which creates it. */
public final class MaskedUpgrade implements HttpUpgradeHandler {
    private static final String TYRUS = "org.glassfish.tyrus.";

    private @Nullable HttpUpgradeHandler engine;

    /** Whether this is needed with such an engine. */
    static boolean isNeededBy(@Nullable Object engine) {
        return engine != null && engine.getClass().getName().startsWith(TYRUS);
    }

    /** A request whose upgrade goes through here. */
    static HttpServletRequest of(HttpServletRequest request) {
        return new HttpServletRequestWrapper(request) {
            @Override
            public <T extends HttpUpgradeHandler> T upgrade(Class<T> type) throws IOException, ServletException {
                try {
                    T engine = type.getConstructor().newInstance();
                    super.upgrade(MaskedUpgrade.class).engine = engine;
                    return engine;
                } catch (ReflectiveOperationException e) {
                    throw new ServletException(e);
                }
            }
        };
    }

    @Override
    public void init(WebConnection connection) {
        if (engine != null) {
            try {
                engine.init(new Masked(connection, new MaskedInput(connection.getInputStream())));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public void destroy() {
        if (engine != null) {
            engine.destroy();
        }
    }

    @SuppressWarnings("try") // as any connection, it may be interrupted when it closes
    private record Masked(WebConnection connection, ServletInputStream input) implements WebConnection {
        @Override
        public ServletInputStream getInputStream() {
            return input;
        }

        @Override
        public ServletOutputStream getOutputStream() throws IOException {
            return connection.getOutputStream();
        }

        @Override
        public void close() throws Exception {
            connection.close();
        }
    }
}
