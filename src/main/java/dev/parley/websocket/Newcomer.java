package dev.parley.websocket;

import dev.parley.core.Start;
import dev.parley.core.User;
import dev.parley.protocol.CloseCode;
import dev.parley.protocol.Given;
import dev.parley.session.ClientSession;
import jakarta.websocket.Session;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the query of a handshake says.
 *
 * @param after from where to read
 */
record Newcomer(User user, Start after) {
    private static final Logger LOG = System.getLogger(Newcomer.class.getName());

    /** @throws dev.parley.protocol.Refused for a value that is none */
    static Newcomer of(@Nullable String name, @Nullable String after, int nameLength) {
        return new Newcomer(Given.user(name, nameLength), after == null ? Start.LATEST : Given.start(after));
    }

    static Newcomer of(Session socket, int nameLength) {
        Map<String, List<String>> query = socket.getRequestParameterMap();
        return of(first(query, "name"), first(query, "after"), nameLength);
    }

    private static @Nullable String first(Map<String, List<String>> query, String name) {
        List<String> values = query.get(name);
        return values == null || values.isEmpty() ? null : values.getFirst();
    }

    /** What containers report here is mostly a client that vanished. */
    static void log(@Nullable ClientSession session, Throwable cause) {
        LOG.log(Level.DEBUG, "session " + (session == null ? "?" : session.id()) + " failed", cause);
    }

    /** A bug, or something broken; a container would close the connection, too. */
    static void failed(@Nullable ClientSession session, Throwable cause) {
        LOG.log(Level.ERROR, "session " + (session == null ? "?" : session.id()), cause);
        if (session != null) {
            session.end(CloseCode.OVERLOADED);
        }
    }
}
