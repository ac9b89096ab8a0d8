package dev.parley.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parley.wire.client.Doc;
import dev.parley.wire.client.Session;
import dev.parley.wire.client.Wire;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** One channel has one order, the same for everybody, and replies stand where they belong in it. */
class OrderingIT extends WireSuite {
    private static final int EACH = 100;

    private final String channel = channel();

    OrderingIT(Wire wire) {
        super(wire);
    }

    @Test
    void theReplyToSubscribeComesBeforeAnyMessage() throws Exception {
        publishNumbers(channel, 50);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var publishing = threads.submit(() -> publishNumbers(channel, 200));
            for (int i = 0; i < 20; i++) {
                Session reader = session();
                reader.send("subscribe", "channel", channel, "after", "earliest");
                reader.next("subscribed");
                assertEquals(numbers(1, 50), data(reader.messages(50)));
                reader.close();
            }
            Wire.within(publishing, "publishing");
        }
    }

    @Test
    void fourPublishersOnFourTransportsMakeOneOrder() throws Exception {
        List<Session> readers = List.of(session(), session());
        readers.forEach(reader -> reader.subscribe(channel));
        var stream = events("events/" + Wire.encoded(channel));

        publishAtOnce();

        List<Doc> inHistory = withoutType(
                session().history(channel, "after", "earliest", "limit", 500).docs("messages"));
        assertEquals(4 * EACH, inHistory.size());
        for (Session reader : readers) {
            assertEquals(inHistory, withoutType(reader.messages(4 * EACH)));
        }
        List<String> ids =
                stream.events(4 * EACH).stream().map(event -> event.id()).toList();
        assertEquals(inHistory.stream().map(message -> message.text("position")).toList(), ids);
        for (String publisher : List.of("a", "b", "c", "d")) {
            assertEquals(expectedOf(publisher), ofPublisher(publisher, inHistory));
        }
    }

    @Test
    void aPublisherThatReadsItsOwnChannelSeesItsMessagesInTheOrderSent() {
        Session session = session();
        session.subscribe(channel);

        for (int i = 1; i <= EACH; i++) {
            session.tell("publish", "channel", channel, "data", i);
        }

        assertEquals(numbers(1, EACH), data(session.messages(EACH)));
    }

    private void publishAtOnce() throws Exception {
        Session webSocket = session();
        Session batching = session();
        Session bare = chat(channel, "");
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Void>> publishers = List.of(
                    publisher("a", data -> webSocket.publish(channel, data)),
                    publisher("b", data -> batching.tell("publish", "channel", channel, "data", data)),
                    publisher("c", bare::raw),
                    publisher("d", data -> wire.publish(channel, data)));
            for (var publishing : threads.invokeAll(publishers)) {
                Wire.within(publishing, "publishing");
            }
        }
        // What was sent without waiting for a reply is stored when a later command has its reply, and when the room has
        // it.
        batching.history(channel);
        Doc last = bare.next();
        while (!last.value("data").equals("c" + EACH)) {
            last = bare.next();
        }
    }

    private static Callable<Void> publisher(String name, Consumer<String> publish) {
        return () -> {
            for (int i = 1; i <= EACH; i++) {
                publish.accept(name + i);
            }
            return null;
        };
    }

    private static List<String> expectedOf(String publisher) {
        var expected = new ArrayList<String>();
        for (int i = 1; i <= EACH; i++) {
            expected.add(publisher + i);
        }
        return expected;
    }

    private static List<String> ofPublisher(String publisher, List<Doc> messages) {
        return messages.stream()
                .map(message -> message.text("data"))
                .filter(data -> data.startsWith(publisher))
                .toList();
    }

    private static List<Doc> withoutType(List<Doc> messages) {
        messages.forEach(message -> message.members().remove("type"));
        return messages;
    }
}
