package dev.parley.wire;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.parley.wire.client.Doc;
import dev.parley.wire.client.Session;
import dev.parley.wire.client.Wire;
import jakarta.websocket.ClientEndpointConfig;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.client.ClientBuilder;
import jakarta.ws.rs.sse.InboundSseEvent;
import jakarta.ws.rs.sse.SseEventSource;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.glassfish.tyrus.client.ClientManager;
import org.glassfish.tyrus.client.ClientProperties;
import org.glassfish.tyrus.client.SslEngineConfigurator;
import org.junit.jupiter.api.Test;

/** Two clients that people really use, beside the JDK's: Tyrus for WebSocket, Jersey for Server-Sent Events. */
class RealClientsIT extends WireSuite {
    private final String channel = channel();

    RealClientsIT(Wire wire) {
        super(wire);
    }

    @Test
    void tyrusSubscribesAndPublishes() throws Exception {
        var texts = new LinkedBlockingQueue<String>();
        var config = ClientEndpointConfig.Builder.create()
                .preferredSubprotocols(List.of("parley.v1"))
                .build();
        try (var session = tyrus().connectToServer(into(texts), config, wire.socket("ws"))) {
            assertEquals("parley.v1", session.getNegotiatedSubprotocol());
            assertEquals("connected", nextObject(texts).type());

            session.getBasicRemote().sendText(Session.command(1, "subscribe", "channel", channel));
            assertEquals("subscribed", nextObject(texts).type());

            wire.publish(channel, "to Tyrus");
            assertEquals("to Tyrus", nextObject(texts).text("data"));
        }
    }

    @Test
    void tyrusChats() throws Exception {
        var texts = new LinkedBlockingQueue<String>();
        var room = wire.socket("chat/" + channel.substring("chat:".length()) + "?name=Tyrus");
        var config = ClientEndpointConfig.Builder.create().build();
        try (var session = tyrus().connectToServer(into(texts), config, room)) {
            session.getBasicRemote().sendText("hello");

            Doc message = nextObject(texts);
            assertEquals("hello", message.text("data"));
            assertEquals("Tyrus", message.text("from"));
        }
    }

    @Test
    void jerseyReadsEventsWithTheirNamesAndIds() throws Exception {
        var events = new LinkedBlockingQueue<InboundSseEvent>();
        String first = publishNumbers(channel, 2).getFirst();
        try (var client = jersey();
                var source = SseEventSource.target(
                                client.target(wire.http("events/" + Wire.encoded(channel) + "?after=earliest")))
                        .build()) {
            source.register(event -> {
                if (!event.isEmpty()) { // Jersey hands on blocks of comments too
                    events.add(event);
                }
            });
            source.open();

            InboundSseEvent event = next(events);
            assertEquals("1", event.readData());
            assertEquals(first, event.getId());
            assertEquals("2", next(events).readData());

            Doc published = session().ask("publish", "channel", channel, "data", Doc.of("a", 1), "event", "news");
            InboundSseEvent named = next(events);
            assertEquals("news", named.getName());
            assertEquals(published.text("position"), named.getId());
            assertEquals(Doc.of("a", 1L), Doc.read(named.readData()));
        }
    }

    private ClientManager tyrus() {
        var client = ClientManager.createClient();
        wire.tls()
                .ifPresent(tls -> client.getProperties()
                        .put(ClientProperties.SSL_ENGINE_CONFIGURATOR, new SslEngineConfigurator(tls)));
        return client;
    }

    private Client jersey() {
        var builder = ClientBuilder.newBuilder();
        wire.tls().ifPresent(builder::sslContext);
        return builder.build();
    }

    private static Endpoint into(BlockingQueue<String> texts) {
        return new Endpoint() {
            @Override
            public void onOpen(jakarta.websocket.Session session, EndpointConfig config) {
                session.addMessageHandler(String.class, (MessageHandler.Whole<String>) texts::add);
            }
        };
    }

    /** The next object but for {@code ping}; this slowly nothing else is joined into one frame with it. */
    private static Doc nextObject(BlockingQueue<String> texts) throws InterruptedException {
        while (true) {
            for (String line : next(texts).split("\n", -1)) {
                if (!Doc.read(line).has("type") || !Doc.read(line).type().equals("ping")) {
                    return Doc.read(line);
                }
            }
        }
    }

    private static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
        T next = queue.poll(Wire.DEADLINE.toMillis(), MILLISECONDS);
        assertNotNull(next, "nothing came within the deadline");
        return next;
    }
}
