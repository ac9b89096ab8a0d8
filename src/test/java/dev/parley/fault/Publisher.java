package dev.parley.fault;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import dev.parley.wire.client.Doc;
import dev.parley.wire.client.Session;
import dev.parley.wire.client.Wire;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Publishes numbered messages, from 1 on without a hole. The data of each is a text {@code "#NUMBER NANOS xxx…"}: the time by
 * {@link System#nanoTime} just before it was sent, and filling up to a length. More patient than the clients of the wire suite, as
 * thousands may stand before it. For one thread.
 */
final class Publisher implements AutoCloseable {
    /** Begins a number; stands nowhere else in what is sent. */
    static final char MARK = '#';

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final String channel;
    private final HttpClient client = HttpClient.newHttpClient();
    private final Replies replies = new Replies();
    private final WebSocket socket;
    private long published;
    private long commands;
    private String position;

    Publisher(Wire wire, String channel) {
        this.channel = channel;
        this.socket = Eventually.result(
                "a publisher", PATIENCE, client.newWebSocketBuilder().buildAsync(wire.socket("ws"), replies));
        this.position = ask("subscribe").text("position");
        ask("unsubscribe");
    }

    String channel() {
        return channel;
    }

    /** The number of the last message. */
    long published() {
        return published;
    }

    /** Where a reader stands that has read all that was published. */
    String position() {
        return position;
    }

    /** The number of a message, read from its data. */
    static long number(String data) {
        return Long.parseLong(data.substring(1, data.indexOf(' ')));
    }

    /**
     * Publishes some messages at once and returns when they are in the log.
     *
     * @param size of each one's filling, in characters
     */
    void publish(int count, int size) {
        String filling = "x".repeat(size);
        commands++;
        var frame = new StringBuilder(count * (size + 100));
        for (int i = 1; i <= count; i++) {
            frame.append("{\"type\":\"publish\",\"channel\":\"").append(channel).append('"');
            if (i == count) {
                frame.append(",\"id\":").append(commands);
            }
            frame.append(",\"data\":\"").append(MARK).append(++published);
            frame.append(' ').append(System.nanoTime()).append(' ').append(filling);
            frame.append("\"}").append(i < count ? "\n" : "");
        }
        position = reply(frame.toString()).text("position");
    }

    @Override
    public void close() {
        socket.abort();
        client.shutdownNow();
    }

    private Doc ask(String type) {
        commands++;
        return reply(Session.command(commands, type, "channel", channel));
    }

    private Doc reply(String frame) {
        Eventually.result("sending", PATIENCE, socket.sendText(frame, true));
        try {
            for (String line = replies.lines.poll(PATIENCE.toMillis(), MILLISECONDS);
                    line != null;
                    line = replies.lines.poll(PATIENCE.toMillis(), MILLISECONDS)) {
                Doc reply = Doc.read(line);
                if (reply.has("re") && reply.number("re") == commands) {
                    return reply;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new AssertionError("no reply within " + PATIENCE);
    }

    /** Runs in the JDK's threads, one call at a time. */
    private static final class Replies implements WebSocket.Listener {
        private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
        private final StringBuilder text = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean isLast) {
            text.append(data);
            if (isLast) {
                text.toString().lines().forEach(lines::add);
                text.setLength(0);
            }
            webSocket.request(1);
            return null;
        }
    }
}
