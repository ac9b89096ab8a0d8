package dev.parley.wire.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The ways to read a channel. Each opens a connection, reads on from a position, and breaks off. */
public enum Way {
    WEBSOCKET {
        @Override
        public List<Seen> read(Wire wire, String channel, String after, int count) {
            try (var session = new Session(WsClient.open(wire, "ws"))) {
                session.next("connected");
                session.subscribe(channel, after);
                return session.messages(count).stream().map(Seen::of).toList();
            }
        }
    },
    CHAT {
        @Override
        public List<Seen> read(Wire wire, String channel, String after, int count) {
            String path = "chat/" + room(channel) + "?after=" + Wire.encoded(after);
            try (var session = new Session(WsClient.open(wire, path))) {
                return repeat(count, () -> Seen.of(session.next()));
            }
        }
    },
    EVENTS {
        @Override
        public List<Seen> read(Wire wire, String channel, String after, int count) {
            String path = "events/" + Wire.encoded(channel);
            try (var stream = SseClient.open(wire, path, "Last-Event-ID", after)) {
                return stream.events(count).stream()
                        .map(event -> new Seen(event.id(), event.json()))
                        .toList();
            }
        }
    },
    EVENTS_OF_SEVERAL {
        @Override
        public List<Seen> read(Wire wire, String channel, String after, int count) {
            String path = "events?channel=" + Wire.encoded(channel) + "&after=" + Wire.encoded(after);
            try (var stream = SseClient.open(wire, path)) {
                return repeat(count, () -> {
                    Block event = stream.event();
                    assertEquals(event.id(), event.doc().text("position"), "one channel's cursor is its position");
                    return Seen.of(event.doc());
                });
            }
        }
    },
    POLL {
        @Override
        public List<Seen> read(Wire wire, String channel, String after, int count) {
            String path = "poll?wait=9&channel=" + Wire.encoded(channel) + "&after=" + Wire.encoded(after);
            Doc answer = wire.get(path).expect(200).doc();
            List<Seen> seen = answer.docs("messages").stream().map(Seen::of).toList();
            if (!seen.isEmpty()) {
                assertEquals(answer.text("cursor"), seen.getLast().position(), "the cursor stands at the last message");
            }
            return seen.subList(0, Math.min(count, seen.size()));
        }
    },
    HISTORY {
        @Override
        public List<Seen> read(Wire wire, String channel, String after, int count) {
            String path = Wire.messages(channel) + "?limit=" + count + "&after=" + Wire.encoded(after);
            return wire.get(path).expect(200).doc().docs("messages").stream()
                    .map(Seen::of)
                    .toList();
        }
    };

    /**
     * At most {@code count} messages after a position, oldest first. The streams wait until they have that many; polling and
     * history give what is there.
     *
     * @param channel in namespace {@code chat}, which is the one that every way reaches
     */
    public abstract List<Seen> read(Wire wire, String channel, String after, int count);

    private static String room(String channel) {
        return Wire.encoded(channel.substring("chat:".length()));
    }

    private static List<Seen> repeat(int count, Supplier<Seen> read) {
        var seen = new ArrayList<Seen>();
        while (seen.size() < count) {
            seen.add(read.get());
        }
        return seen;
    }
}
