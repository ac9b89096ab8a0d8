package dev.parley.fault.breaking;

import dev.parley.wire.client.Session;
import dev.parley.wire.client.Wire;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

/** The ways to read channels from positions: what is asked, and how the lines of the answer are understood. */
enum Transport {
    WS {
        @Override
        void ask(Connection connection, Journey journey) throws IOException {
            connection.upgrade("/ws", new ObjectLines(journey));
            var commands = new StringBuilder();
            int id = 0;
            for (String channel : journey.channels()) {
                id++;
                commands.append(Session.command(
                                id, "subscribe", "channel", channel, "after", journey.position(channel)))
                        .append('\n');
            }
            connection.text(commands.substring(0, commands.length() - 1));
        }
    },
    CHAT {
        @Override
        void ask(Connection connection, Journey journey) throws IOException {
            String room = journey.channels().getFirst();
            String path = "/chat/" + Wire.encoded(room.substring(ROOMS.length()));
            connection.upgrade(path + "?after=" + Wire.encoded(journey.position(room)), new ObjectLines(journey));
        }
    },
    EVENTS {
        @Override
        void ask(Connection connection, Journey journey) throws IOException {
            String path = "/events/" + Wire.encoded(journey.channels().getFirst());
            connection.get(path, "Last-Event-ID: " + journey.cursor() + "\r\n", new EventLines(journey, false));
        }
    },
    EVENTS_OF_SEVERAL {
        @Override
        void ask(Connection connection, Journey journey) throws IOException {
            String path = "/events?" + channels(journey) + "after=" + Wire.encoded(journey.cursor());
            connection.get(path, "", new EventLines(journey, true));
        }
    },
    POLL {
        @Override
        void ask(Connection connection, Journey journey) throws IOException {
            // without a position a poll is answered with one, and with nothing else
            String after = journey.isPlaced() ? "&after=" + Wire.encoded(journey.cursor()) : "";
            connection.get("/poll?" + channels(journey) + "wait=2" + after, "", new PageLines(journey));
        }
    };

    /** What the names of channels begin with that {@link #CHAT} reaches. */
    static final String ROOMS = "chat:";

    private static final List<Transport> OF_ONE = List.of(values());
    private static final List<Transport> OF_SEVERAL = List.of(WS, EVENTS_OF_SEVERAL, POLL);

    /** Sends what makes the server send what comes after the journey's positions, which is noted as it is read. */
    abstract void ask(Connection connection, Journey journey) throws IOException;

    /** Those that can read so many channels over one connection. */
    static List<Transport> forChannels(int count) {
        return count == 1 ? OF_ONE : OF_SEVERAL;
    }

    private static String channels(Journey journey) {
        return journey.channels().stream()
                .map(channel -> "channel=" + Wire.encoded(channel) + "&")
                .collect(Collectors.joining());
    }
}
