package dev.parley.websocket;

import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.Session;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;

/** The way to what a remote endpoint of Tomcat's has and shows to Tomcat's own package alone. */
final class TomcatRemotes {
    private static final String PACKAGE = "org.apache.tomcat.websocket.";

    private TomcatRemotes() {}

    /** Whether a WebSocket's is of Tomcat's. */
    static boolean have(Session socket) {
        return socket.getBasicRemote().getClass().getName().startsWith(PACKAGE);
    }

    /**
     * A handle for something of the endpoint behind a {@link RemoteEndpoint.Basic}, which it takes first.
     *
     * @throws ReflectiveOperationException where there is no such thing: not Tomcat, or not one that is known
     */
    static MethodHandle find(Finder wanted) throws ReflectiveOperationException {
        Class<?> remotes = load("WsRemoteEndpointBase");
        Class<?> endpoints = load("WsRemoteEndpointImplBase");
        MethodHandle endpoint = in(remotes).findGetter(remotes, "base", endpoints);
        MethodHandle found = wanted.find(in(endpoints), endpoints);
        return MethodHandles.filterArguments(found, 0, endpoint)
                .asType(found.type().changeParameterType(0, RemoteEndpoint.Basic.class));
    }

    private static Class<?> load(String name) throws ClassNotFoundException {
        return Class.forName(PACKAGE + name, false, TomcatRemotes.class.getClassLoader());
    }

    /** With access to what is private to a class of Tomcat's. */
    static Lookup in(Class<?> type) throws IllegalAccessException {
        return MethodHandles.privateLookupIn(type, MethodHandles.lookup());
    }

    /** Finds something in the class of the endpoints. */
    interface Finder {
        MethodHandle find(Lookup lookup, Class<?> endpoints) throws ReflectiveOperationException;
    }
}
