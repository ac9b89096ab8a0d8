package dev.parley.wire.client;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.io.ByteArrayOutputStream;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/** A WebSocket of the JDK whose whole messages wait in a queue. PINGs are answered by the JDK. */
public final class WsClient implements AutoCloseable {
    /** What a WebSocket can bring. */
    private sealed interface Arrival {
        record Text(String text) implements Arrival {}

        record Binary(ByteBuffer bytes) implements Arrival {}

        record Closed(int code, String reason) implements Arrival {}

        record Failed(Throwable cause) implements Arrival {}
    }

    private final BlockingQueue<Arrival> arrived = new LinkedBlockingQueue<>();
    private final WebSocket socket;

    private WsClient(Wire wire, String path, String[] subprotocols) {
        var builder = wire.sockets().newWebSocketBuilder().connectTimeout(Wire.DEADLINE);
        if (subprotocols.length > 0) {
            builder.subprotocols(subprotocols[0], Arrays.copyOfRange(subprotocols, 1, subprotocols.length));
        }
        socket = Wire.within(builder.buildAsync(wire.socket(path), new Queueing()), "handshake of " + path);
    }

    public static WsClient open(Wire wire, String path, String... subprotocols) {
        return new WsClient(wire, path, subprotocols);
    }

    /** The subprotocol that the server chose, or an empty string. */
    public String subprotocol() {
        return socket.getSubprotocol();
    }

    /** Sends one message; returns when the network has taken it. */
    public void send(String text) {
        send(text, true);
    }

    /** Sends a fragment of a message. */
    public void send(String text, boolean last) {
        Wire.within(socket.sendText(text, last), "sending text");
    }

    public void send(byte[] bytes, boolean last) {
        Wire.within(socket.sendBinary(ByteBuffer.wrap(bytes), last), "sending binary");
    }

    public void ping() {
        Wire.within(socket.sendPing(ByteBuffer.allocate(4)), "sending a ping");
    }

    /** The next message, which must be a text. */
    public String text() {
        Arrival next = next();
        if (next instanceof Arrival.Text(String text)) {
            return text;
        }
        throw unexpected("a text", next);
    }

    /** The next message, which must be binary. */
    public byte[] binary() {
        Arrival next = next();
        if (next instanceof Arrival.Binary(ByteBuffer bytes)) {
            byte[] copy = new byte[bytes.remaining()];
            bytes.get(copy);
            return copy;
        }
        throw unexpected("a binary message", next);
    }

    /** The code with which the server closes; messages before it are dropped. */
    public int closed() {
        var deadline = new Deadline("close");
        while (true) {
            deadline.check();
            switch (next()) {
                case Arrival.Closed closed -> {
                    return closed.code();
                }
                case Arrival.Failed failed -> throw new AssertionError("broken instead of closed", failed.cause());
                case Arrival.Text text -> {}
                case Arrival.Binary binary -> {}
            }
        }
    }

    /** Closes and waits for the server's close; gives its code. */
    public int closeAndWait() {
        Wire.within(socket.sendClose(WebSocket.NORMAL_CLOSURE, ""), "sending close");
        return closed();
    }

    /** Breaks the connection off, as a lost network does. */
    public void cut() {
        socket.abort();
    }

    @Override
    public void close() {
        socket.abort();
    }

    private Arrival next() {
        try {
            Arrival next = arrived.poll(Wire.DEADLINE.toMillis(), MILLISECONDS);
            if (next == null) {
                throw new AssertionError("nothing came within " + Wire.DEADLINE);
            }
            if (next instanceof Arrival.Closed || next instanceof Arrival.Failed) {
                arrived.add(next); // whoever asks again is told the same
            }
            return next;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private static AssertionError unexpected(String expected, Arrival got) {
        return new AssertionError("expected " + expected + ", got " + got);
    }

    /** Runs in the JDK's threads, one call at a time. */
    private final class Queueing implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();
        private final ByteArrayOutputStream binary = new ByteArrayOutputStream();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean isLast) {
            text.append(data);
            if (isLast) {
                arrived.add(new Arrival.Text(text.toString()));
                text.setLength(0);
            }
            webSocket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onBinary(WebSocket webSocket, ByteBuffer data, boolean isLast) {
            byte[] bytes = new byte[data.remaining()];
            data.get(bytes);
            binary.writeBytes(bytes);
            if (isLast) {
                arrived.add(new Arrival.Binary(ByteBuffer.wrap(binary.toByteArray())));
                binary.reset();
            }
            webSocket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
            arrived.add(new Arrival.Closed(statusCode, reason));
            return null;
        }

        @Override
        public void onError(WebSocket webSocket, Throwable error) {
            arrived.add(new Arrival.Failed(error));
        }
    }
}
