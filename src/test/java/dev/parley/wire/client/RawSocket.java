package dev.parley.wire.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A TCP connection to the server for requests that no client library would send. Reads give up after {@link Wire#DEADLINE}. */
public final class RawSocket implements AutoCloseable {
    private static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";

    private final Socket socket;
    private final Wire wire;
    private final DataInputStream in;

    /** @param receiveBuffer bytes that the operating system may hold for us, or 0 for its default; small for slow readers */
    public RawSocket(Wire wire, int receiveBuffer) {
        this.wire = wire;
        try {
            socket = connected(wire, receiveBuffer);
            in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A WebSocket handshake as RFC 6455 wants it. */
    public Answer handshake(String path, String... headerLines) {
        return handshake(13, path, headerLines);
    }

    /** The same with a version of the protocol that may not exist. */
    public Answer handshake(int version, String path, String... headerLines) {
        var lines = new StringBuilder("Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: " + KEY
                + "\r\nSec-WebSocket-Version: " + version + "\r\n");
        for (String line : headerLines) {
            lines.append(line).append("\r\n");
        }
        request("GET", path, lines + "\r\n");
        return answer();
    }

    /** A handshake that must succeed; frames follow. */
    public RawFrames upgraded(String path, String... headerLines) {
        assertEquals(101, handshake(path, headerLines).status());
        return frames();
    }

    /** What comes after a handshake that has succeeded. */
    public RawFrames frames() {
        return new RawFrames(this);
    }

    /** @param rest header lines, the empty line, and as much of the body as wanted */
    public void request(String method, String path, String rest) {
        String line = method + " " + wire.http(path).getRawPath() + query(path) + " HTTP/1.1\r\n";
        String host = "Host: " + wire.base().getRawAuthority() + "\r\n";
        write((line + host + rest).getBytes(ISO_8859_1));
    }

    public void write(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Says that nothing more will be sent, and goes on reading. */
    public void endOutput() {
        try {
            socket.shutdownOutput();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads until the server closes. */
    public void drain() {
        try {
            in.skipNBytes(Long.MAX_VALUE);
        } catch (EOFException e) {
            // what was waited for
        } catch (IOException e) {
            if (!"Connection reset".equals(e.getMessage())) {
                throw new AssertionError("not closed by the server", e);
            }
        }
    }

    /** Reads one HTTP answer: a body of known length, in chunks, or none. */
    public Answer answer() {
        try {
            int status = Integer.parseInt(line().split(" ", 3)[1]);
            var headers = new TreeMap<String, String>();
            for (String line = line(); !line.isEmpty(); line = line()) {
                int colon = line.indexOf(':');
                headers.put(
                        line.substring(0, colon).toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).trim());
            }
            return Answer.of(status, headers, status == 101 ? new byte[0] : body(headers));
        } catch (IOException e) {
            throw new AssertionError("no HTTP answer", e);
        }
    }

    DataInputStream in() {
        return in;
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            // closed enough
        }
    }

    private static Socket connected(Wire wire, int receiveBuffer) throws IOException {
        var plain = new Socket();
        if (receiveBuffer > 0) {
            plain.setReceiveBufferSize(receiveBuffer);
        }
        plain.setTcpNoDelay(true);
        int timeout = (int) Wire.DEADLINE.toMillis();
        plain.setSoTimeout(timeout);
        String host = wire.base().getHost();
        int port = wire.base().getPort();
        plain.connect(new InetSocketAddress(host, port), timeout);
        return wire.tls().isEmpty()
                ? plain
                : wire.tls().get().getSocketFactory().createSocket(plain, host, port, true);
    }

    private String query(String path) {
        String query = wire.http(path).getRawQuery();
        return query == null ? "" : "?" + query;
    }

    private byte[] body(Map<String, String> headers) throws IOException {
        if (!"chunked".equalsIgnoreCase(headers.get("transfer-encoding"))) {
            return in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
        }
        var body = new ByteArrayOutputStream();
        for (int size = chunkSize(); size > 0; size = chunkSize()) {
            body.write(in.readNBytes(size));
            line();
        }
        line();
        return body.toByteArray();
    }

    private int chunkSize() throws IOException {
        return Integer.parseInt(line().split(";", 2)[0].trim(), 16);
    }

    private String line() throws IOException {
        var line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new EOFException("the connection ended within a line: " + line.toString(US_ASCII));
            }
            if (b != '\r') {
                line.write(b);
            }
        }
        return line.toString(US_ASCII);
    }
}
