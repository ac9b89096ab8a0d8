package dev.parley.fault;

import dev.parley.wire.client.Doc;
import dev.parley.wire.client.Session;
import dev.parley.wire.client.Wire;
import dev.parley.wire.client.WsClient;

/**
 * Publishes numbered messages, from 1 on without a hole. The data of each is a text {@code "#NUMBER NANOS xxx…"}: the time by
 * {@link System#nanoTime} just before it was sent, and filling up to a length. For one thread.
 */
final class Publisher implements AutoCloseable {
    /** Begins a number; stands nowhere else in what is sent. */
    static final char MARK = '#';

    private final Session session;
    private final String channel;
    private long published;
    private long commands;
    private String position;

    Publisher(Wire wire, String channel) {
        this.session = new Session(WsClient.open(wire, "ws"));
        this.channel = channel;
        session.next("connected");
        this.position = session.subscribe(channel).text("position");
        session.ask("unsubscribe", "channel", channel);
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
                frame.append(",\"id\":").append(id());
            }
            frame.append(",\"data\":\"").append(MARK).append(++published);
            frame.append(' ').append(System.nanoTime()).append(' ').append(filling);
            frame.append("\"}").append(i < count ? "\n" : "");
        }
        session.raw(frame.toString());
        Doc reply = Session.ofType("published", session.reply(id()));
        position = reply.text("position");
    }

    @Override
    public void close() {
        session.close();
    }

    /** Apart from those that the session counts itself. */
    private long id() {
        return 1_000_000 + commands;
    }
}
