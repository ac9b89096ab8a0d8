package dev.parley.fault.breaking;

import dev.parley.fault.Inbox;
import dev.parley.wire.client.Wire;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** How one publisher reaches Parley: a WebSocket that it keeps while it stands, or HTTP. For one thread. */
final class Sender {
    private static final double OVER_HTTP = 0.3;

    private static final Inbox NOBODY = (bytes, from, to) -> {};

    private final String query;
    private final Doors doors;
    private final RandomGenerator random;
    private @Nullable Connection socket;
    private Inbox replies = NOBODY;

    Sender(String name, Doors doors, RandomGenerator random) {
        this.query = "?name=" + name;
        this.doors = doors;
        this.random = random;
    }

    /**
     * Sends what is open of a round.
     *
     * @throws IOException it is not known what became of what is open
     */
    void send(Round round) throws IOException {
        if (random.nextDouble() < OVER_HTTP) {
            sendOverHttp(round);
        } else {
            sendOverSocket(round);
        }
    }

    /** Breaks the WebSocket off, if it stands. */
    void drop() {
        if (socket != null) {
            socket.cut();
            socket = null;
        }
    }

    private void sendOverSocket(Round round) throws IOException {
        Connection connection = socket();
        replies = round.replies();
        connection.text(round.commands());
        while (!round.isSettled()) {
            await(connection);
        }
        replies = NOBODY;
    }

    private Connection socket() throws IOException {
        Connection connection = socket;
        if (connection == null) {
            connection = new Connection(doors.any(random), 0);
            socket = connection;
            connection.upgrade("/ws" + query, (bytes, from, to) -> replies.line(bytes, from, to));
        }
        return connection;
    }

    private void sendOverHttp(Round round) throws IOException {
        try (var connection = new Connection(doors.any(random), 0)) {
            for (Publish message : round.open()) {
                String path = "/" + Wire.messages(message.channel()) + query;
                connection.post(path, round.header(message), round.body(message), round.answer(message));
                while (!connection.isAnswered()) {
                    await(connection);
                }
            }
        }
    }

    private static void await(Connection connection) throws IOException {
        if (!connection.read(Connection.PATIENCE)) {
            throw new SocketTimeoutException("no answer");
        }
    }
}
