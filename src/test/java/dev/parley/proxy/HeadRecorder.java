package dev.parley.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * An HTTP server on the loopback that writes down the head of each request and answers 204; but asked whether it is ready, it just
 * says so.
 */
final class HeadRecorder implements AutoCloseable {
    /** @param headers by name, whatever its case */
    record Head(String requestLine, Map<String, String> headers) {
        boolean has(String name) {
            return headers.containsKey(name);
        }

        /** The header's value, or an empty string. */
        String header(String name) {
            return headers.getOrDefault(name, "");
        }
    }

    private static final String CHECK = "GET /health/ready ";
    private static final byte[] READY =
            "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n".getBytes(ISO_8859_1);
    private static final byte[] ANSWER = "HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n".getBytes(ISO_8859_1);

    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final BlockingQueue<Head> heads = new LinkedBlockingQueue<>();

    HeadRecorder() throws IOException {
        Thread.ofVirtual().start(this::serve);
    }

    int port() {
        return server.getLocalPort();
    }

    /** The head of the next request. */
    Head next() {
        try {
            Head next = heads.poll(10, SECONDS);
            if (next == null) {
                throw new AssertionError("no request came");
            }
            return next;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private void serve() {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                Head head = read(socket);
                boolean check = head.requestLine().startsWith(CHECK);
                if (!check) {
                    heads.add(head);
                }
                socket.getOutputStream().write(check ? READY : ANSWER);
            } catch (IOException e) {
                // closed, or a connection that brought no request
            }
        }
    }

    private static Head read(Socket socket) throws IOException {
        var lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
        String requestLine = line(lines);
        var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        for (String line = line(lines); !line.isEmpty(); line = line(lines)) {
            int colon = line.indexOf(':');
            headers.put(line.substring(0, colon), line.substring(colon + 1).trim());
        }
        return new Head(requestLine, headers);
    }

    private static String line(BufferedReader lines) throws IOException {
        String line = lines.readLine();
        if (line == null) {
            throw new IOException("the connection ended");
        }
        return line;
    }
}
