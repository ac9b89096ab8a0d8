package dev.parley.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parley.core.ChannelName;
import dev.parley.core.Content;
import dev.parley.core.Message;
import dev.parley.core.Position;
import dev.parley.protocol.CloseCode;
import dev.parley.protocol.Frame;
import dev.parley.protocol.JsonCodec;
import jakarta.websocket.CloseReason;
import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.Session;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the two WebSocket transports make of frames and messages, on a socket that only writes down. */
class TransportsTest {
    private static final String PING = "{\"type\":\"ping\"}";
    private static final Message MESSAGE =
            new Message(new ChannelName("c"), new Position("e", 1), new Content("1", "", ""), 99);
    private static final String TEXT = MESSAGE.as(JsonCodec.MESSAGE);

    private final List<String> calls = new ArrayList<>();
    private final Map<String, Object> properties = new HashMap<>();
    private final Session socket = proxy(Session.class, (proxy, method, arguments) -> switch (method.getName()) {
        case "getBasicRemote" -> remote();
        case "getUserProperties" -> properties;
        case "close" ->
            calls.add("close " + ((CloseReason) arguments[0]).getCloseCode().getCode());
        default -> throw new AssertionError(method);
    });

    @Test
    void joiningWritesALineEachInOneFrame() throws IOException {
        var transport = new JoiningTransport(socket);
        transport.add(new Frame.Ping());
        transport.add(MESSAGE);
        transport.add(MESSAGE);
        assertEquals(PING.length() + 2 * TEXT.length() + 3, transport.gathered());
        transport.flush();
        assertEquals(0, transport.gathered());
        transport.add(MESSAGE);
        transport.flush();

        assertEquals(List.of("text " + PING + "\n" + TEXT + "\n" + TEXT, "text " + TEXT), calls);
    }

    @Test
    void singleWritesAFrameEachAndFlushesOnce() throws IOException {
        var transport = new SingleTransport(socket);
        transport.add(new Frame.Ping());
        transport.add(MESSAGE);
        assertEquals(PING.length() + TEXT.length(), transport.gathered());
        transport.flush();

        assertEquals(List.of("batching true", "text " + PING, "text " + TEXT, "flush"), calls);
        assertEquals(0, transport.gathered());
    }

    @Test
    void pingLeavesAtOnce() throws IOException {
        new JoiningTransport(socket).ping();

        assertEquals(List.of("ping", "flush"), calls);
    }

    @Test
    void closingSaysWhy() {
        new JoiningTransport(socket).close(CloseCode.TOO_SLOW);

        assertEquals(List.of("close 4000"), calls);
    }

    @Test
    void cuttingWaitsForNoWriteThatIsStuck() throws IOException {
        var transport = new SingleTransport(socket);
        calls.clear();
        Object patience = properties.get("org.apache.tomcat.websocket.BLOCKING_SEND_TIMEOUT");
        transport.cut(CloseCode.TOO_SLOW);

        assertEquals(-1L, patience);
        assertEquals(Map.of("org.apache.tomcat.websocket.BLOCKING_SEND_TIMEOUT", 1000L), properties);
        assertEquals(List.of("batching false", "close 4000"), calls);
    }

    @Test
    void closingWhatHasEndedIsNoFailure() {
        for (Exception failure : List.of(new IOException("gone"), new IllegalStateException("gone"))) {
            RemoteEndpoint.Basic deaf = proxy(RemoteEndpoint.Basic.class, (proxy, method, arguments) -> {
                throw failure;
            });
            Session gone = proxy(Session.class, (proxy, method, arguments) -> switch (method.getName()) {
                case "getBasicRemote" -> deaf;
                case "getUserProperties" -> properties;
                default -> throw failure;
            });
            new JoiningTransport(gone).close(CloseCode.RESTART);
            new JoiningTransport(gone).cut(CloseCode.TOO_SLOW);
        }
    }

    private RemoteEndpoint.Basic remote() {
        return proxy(RemoteEndpoint.Basic.class, (proxy, method, arguments) -> {
            calls.add(
                    switch (method.getName()) {
                        case "sendText" -> "text " + arguments[0];
                        case "setBatchingAllowed" -> "batching " + arguments[0];
                        case "sendPing" -> "ping";
                        case "flushBatch" -> "flush";
                        default -> throw new AssertionError(method);
                    });
            return null;
        });
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
