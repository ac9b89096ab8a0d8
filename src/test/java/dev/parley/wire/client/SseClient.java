package dev.parley.wire.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** Reads an event stream byte by byte, so that no library hides what the server really sent. */
public final class SseClient implements AutoCloseable {
    private final HttpResponse<InputStream> response;
    /** Ends with an empty one. */
    private final BlockingQueue<Optional<Block>> arrived = new LinkedBlockingQueue<>();

    private SseClient(HttpResponse<InputStream> response) {
        this.response = response;
    }

    /** Opens the stream; fails if the answer is not 200. */
    public static SseClient open(Wire wire, String path, String... headers) {
        var request = wire.request(path, headers)
                .header("Accept", "text/event-stream")
                .GET()
                .build();
        var response = Wire.within(wire.client().sendAsync(request, BodyHandlers.ofInputStream()), "GET " + path);
        assertEquals(200, response.statusCode(), path);
        var client = new SseClient(response);
        Thread.ofVirtual().start(client::read);
        return client;
    }

    public String header(String name) {
        return response.headers().firstValue(name).orElse("");
    }

    /** The next block, whatever is in it. */
    public Block next() {
        try {
            Optional<Block> next = arrived.poll(Wire.DEADLINE.toMillis(), MILLISECONDS);
            if (next == null) {
                throw new AssertionError("no block within " + Wire.DEADLINE);
            }
            return next.orElseThrow(() -> new AssertionError("the stream ended"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** The next block that is an event. */
    public Block event() {
        var deadline = new Deadline("event");
        Block next = next();
        while (!next.isEvent()) {
            deadline.check();
            next = next();
        }
        return next;
    }

    public List<Block> events(int count) {
        var events = new ArrayList<Block>();
        while (events.size() < count) {
            events.add(event());
        }
        return events;
    }

    /** Breaks the connection off. */
    @Override
    public void close() {
        try {
            response.body().close();
        } catch (IOException e) {
            // broken already: all the same
        }
    }

    private void read() {
        var lines = new ArrayList<String>();
        var line = new ByteArrayOutputStream();
        try (InputStream body = response.body()) {
            boolean afterReturn = false;
            for (int b = body.read(); b >= 0; b = body.read()) {
                if (b == '\r' || b == '\n' && !afterReturn) {
                    ended(lines, line.toString(UTF_8));
                    line.reset();
                } else if (b != '\n') {
                    line.write(b);
                }
                afterReturn = b == '\r';
            }
        } catch (IOException e) {
            // closed by us or broken: the end either way
        }
        arrived.add(Optional.empty());
    }

    /** A line ended, at LF, CR or CRLF; an empty one ends the block. */
    private void ended(List<String> lines, String line) {
        if (!line.isEmpty()) {
            lines.add(line);
        } else if (!lines.isEmpty()) {
            arrived.add(Optional.of(new Block(lines, System.nanoTime())));
            lines.clear();
        }
    }
}
