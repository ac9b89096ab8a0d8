package dev.parley.wire;

import dev.parley.wire.client.Doc;
import dev.parley.wire.client.RawSocket;
import dev.parley.wire.client.Session;
import dev.parley.wire.client.SseClient;
import dev.parley.wire.client.Wire;
import dev.parley.wire.client.WsClient;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;

/** What all classes of the suite share: the server, and clients that end with their test. */
@ExtendWith(ServerUnderTest.class)
abstract class WireSuite {
    final Wire wire;

    private final List<AutoCloseable> opened = new ArrayList<>();

    WireSuite(Wire wire) {
        this.wire = wire;
    }

    @AfterEach
    final void endClients() throws Exception {
        for (AutoCloseable client : opened) {
            client.close();
        }
    }

    /** A channel of namespace {@code chat} that nobody else uses. */
    static String channel() {
        return channel("chat");
    }

    static String channel(String namespace) {
        return namespace + ":" + UUID.randomUUID();
    }

    /** A session on {@code /ws} that has been told {@code connected}. */
    Session session() {
        return session("");
    }

    Session session(String query) {
        Session session = kept(new Session(socket("ws" + query)));
        session.next("connected");
        return session;
    }

    /** A bare client in the room of a channel of namespace {@code chat}. */
    Session chat(String channel, String query) {
        return new Session(socket("chat/" + channel.substring("chat:".length()) + query));
    }

    WsClient socket(String path, String... subprotocols) {
        return kept(WsClient.open(wire, path, subprotocols));
    }

    SseClient events(String path, String... headers) {
        return kept(SseClient.open(wire, path, headers));
    }

    RawSocket raw() {
        return kept(new RawSocket(wire, 0));
    }

    static List<Object> data(List<Doc> messages) {
        return messages.stream().map(message -> message.value("data")).toList();
    }

    <T extends AutoCloseable> T kept(T client) {
        opened.add(client);
        return client;
    }

    /** Publishes 1, 2, 3… and gives their positions. */
    List<String> publishNumbers(String channel, int count) {
        Session publisher = session();
        for (int i = 1; i <= count; i++) {
            publisher.send("publish", "channel", channel, "data", i);
        }
        var positions = new ArrayList<String>();
        while (positions.size() < count) {
            positions.add(publisher.next("published").text("position"));
        }
        publisher.close();
        return positions;
    }

    /** What {@link #publishNumbers} published, as {@code data} comes back. */
    static List<Object> numbers(int from, int to) {
        var numbers = new ArrayList<>();
        for (long i = from; i <= to; i++) {
            numbers.add(i);
        }
        return numbers;
    }
}
