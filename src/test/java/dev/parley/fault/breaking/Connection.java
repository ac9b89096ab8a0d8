package dev.parley.fault.breaking;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.parley.fault.Body;
import dev.parley.fault.Carrier;
import dev.parley.fault.Frames;
import dev.parley.fault.Head;
import dev.parley.fault.Inbox;
import dev.parley.fault.Lines;
import dev.parley.fault.Wrapping;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;

/**
 * A client's connection: HTTP, or a WebSocket after the handshake. What goes wrong with it is an {@link IOException}, and expected;
 * what breaks the protocol is an {@link AssertionError}. For one thread.
 */
final class Connection implements AutoCloseable, Head.Owner, Frames.Owner {
    /** How long a client waits for an answer before it gives the connection up. */
    static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final String UPGRADE = String.join(
            "\r\n",
            "Upgrade: websocket",
            "Connection: Upgrade",
            "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
            "");
    private static final int ROOM = 16 << 10;
    private static final int TEXT = 1;
    private static final int CLOSE = 8;
    private static final int PONG = 10;
    private static final int UPGRADED = 101;
    private static final int FIRST_REFUSAL = 300;
    private static final int LONGEST_FRAME = 65_535;

    private final Socket socket = new Socket();
    private final byte[] room = new byte[ROOM];
    private Lines lines = new Lines((bytes, from, to) -> {});
    private Wrapping wrapping = new Head(this);
    private int status;
    private boolean answered;
    private boolean closing;

    /** @param receiveBuffer bytes that the system may hold for this client, or 0 for the system's default */
    Connection(int port, int receiveBuffer) throws IOException {
        if (receiveBuffer > 0) {
            socket.setReceiveBufferSize(receiveBuffer);
        }
        socket.setTcpNoDelay(true);
        try {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /**
     * Asks for something; the answer's lines go to the inbox as they are read.
     *
     * @param headerLines each with its line end
     */
    void get(String path, String headerLines, Inbox inbox) throws IOException {
        request("GET " + path, headerLines, inbox);
    }

    void post(String path, String headerLines, String json, Inbox inbox) throws IOException {
        String length = "Content-Type: application/json\r\nContent-Length: " + json.length() + "\r\n";
        request("POST " + path, headerLines + length, inbox);
        socket.getOutputStream().write(json.getBytes(US_ASCII));
    }

    /** Opens a WebSocket; the lines of its texts go to the inbox as they are read. Returns when the server has agreed. */
    void upgrade(String path, Inbox inbox) throws IOException {
        request("GET " + path, UPGRADE, inbox);
        while (status == 0) {
            if (!read(PATIENCE)) {
                throw new SocketTimeoutException("no answer to the handshake");
            }
        }
    }

    /** Sends a text frame. */
    void text(String text) throws IOException {
        byte[] payload = text.getBytes(UTF_8);
        if (payload.length > LONGEST_FRAME) {
            throw new IllegalArgumentException(payload.length + " bytes");
        }
        frame(TEXT, payload);
    }

    /**
     * Reads what is there, or waits for it.
     *
     * @return false if nothing came within {@code atMost}
     * @throws EOFException the server has ended the connection
     * @throws Refusal the server has answered with an error
     */
    boolean read(Duration atMost) throws IOException {
        socket.setSoTimeout(Math.max(1, (int) atMost.toMillis())); // 0 would wait for ever
        int count;
        try {
            count = socket.getInputStream().read(room);
        } catch (SocketTimeoutException e) {
            return false;
        }
        if (count < 0 || closing) {
            throw new EOFException("ended by the server");
        }
        try {
            wrapping.take(room, 0, count);
        } catch (UncheckedIOException e) {
            throw new IOException(e.getMessage(), e);
        }
        if (status >= FIRST_REFUSAL) {
            throw new Refusal("status " + status);
        }
        return true;
    }

    /** Whether the answer to the request has come to its end. */
    boolean isAnswered() {
        return answered;
    }

    /** 0 while the head of the answer has not come. */
    int status() {
        return status;
    }

    /** Ends the connection as a client does that means to: a WebSocket with a close frame. */
    @Override
    public void close() throws IOException {
        try (socket) {
            if (status == UPGRADED && !socket.isClosed()) {
                frame(CLOSE, new byte[] {0x03, (byte) 0xe8}); // 1000
            }
        }
    }

    /** Breaks it off: the server gets a reset. */
    void cut() {
        RelayedConnection.reset(socket);
    }

    @Override
    public Wrapping answered(int answer, long length) {
        status = answer;
        if (status >= FIRST_REFUSAL) {
            lines = new Lines((bytes, from, to) -> {}); // nobody is to take a problem document for what was asked
        }
        if (status == UPGRADED) {
            wrapping = new Frames(lines, this);
        } else {
            answered = length == 0;
            wrapping = new Body(length, lines, () -> answered = true);
        }
        return wrapping;
    }

    @Override
    public void pinged(byte[] payload) {
        try {
            frame(PONG, payload);
        } catch (IOException e) {
            closing = true; // the next read tells
        }
    }

    @Override
    public void closing(int code) {
        closing = true;
    }

    private void request(String line, String headerLines, Inbox inbox) throws IOException {
        lines = new Lines(inbox);
        wrapping = new Head(this);
        status = 0;
        answered = false;
        String head = line + " HTTP/1.1\r\nHost: localhost\r\n" + headerLines + "\r\n";
        socket.getOutputStream().write(head.getBytes(US_ASCII));
    }

    private void frame(int opcode, byte[] payload) throws IOException {
        ByteBuffer frame = Carrier.frame(opcode, payload);
        byte[] bytes = new byte[frame.remaining()];
        frame.get(bytes);
        socket.getOutputStream().write(bytes);
    }

    /** The server does not do what it is asked to: it drains, or its log is away. */
    static final class Refusal extends IOException {
        private static final long serialVersionUID = 1;

        Refusal(String what) {
            super(what);
        }
    }
}
