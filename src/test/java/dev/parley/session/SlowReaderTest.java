package dev.parley.session;

import static dev.parley.session.Stage.ROOM;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.core.Namespace.SlowReader;
import dev.parley.core.Position;
import dev.parley.protocol.CloseCode;
import dev.parley.protocol.Frame;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Who reads more slowly than others publish, or than he asks himself. */
class SlowReaderTest {
    private final Stage stage = new Stage();
    private final Client client = stage.client();

    @Test
    void readerThatTheLogHasMovedPastIsToldOfTheGap() {
        var narrow = new Stage(Stage.keeping(5, SlowReader.GAP));
        Client slow = narrow.client();
        slow.subscribe(ROOM);
        Position first = narrow.publish(ROOM, "1");
        slow.transport().duringNextWrite(() -> narrow.publish(ROOM, 2, 20));

        assertEquals(List.of("1", new Frame.Gap(ROOM, first, first.at(15)), "16", "17", "18", "19", "20"), slow.hear());
        assertTrue(slow.session().isOpen());
    }

    @Test
    void readerThatTheLogHasMovedPastIsClosed() {
        var narrow = new Stage(Stage.keeping(5, SlowReader.CLOSE));
        Client slow = narrow.client();
        slow.subscribe(ROOM);
        narrow.publish(ROOM, "1");
        slow.transport().duringNextWrite(() -> narrow.publish(ROOM, 2, 20));

        assertEquals(List.of("1"), slow.hear());
        assertEquals(Optional.of(CloseCode.TOO_SLOW), slow.transport().closed());
        assertEquals(0, narrow.hub.watchedChannels());
    }

    @Test
    void clientThatAsksAndDoesNotReadIsClosed() {
        client.subscribe(ROOM);
        client.transport().duringNextWrite(() -> ask(16_384));
        stage.publish(ROOM, "1");
        stage.run();
        assertTrue(client.session().isOpen());
        assertEquals(1 + 16_384, client.transport().take().size());
        client.transport().duringNextWrite(() -> ask(16_385));
        stage.publish(ROOM, "2");
        stage.run();

        assertEquals(Optional.of(CloseCode.TOO_SLOW), client.transport().closed());
    }

    @Test
    void messagesOfHistoryCountAsWell() {
        stage.publish(ROOM, 1, 500);
        client.subscribe(ROOM);
        client.transport().duringNextWrite(() -> {
            for (int id = 1; id <= 33; id++) {
                client.tell("{'id':1,'type':'history','channel':'chat:lobby','limit':500}");
            }
        });
        stage.publish(ROOM, "1");
        stage.run();

        assertEquals(Optional.of(CloseCode.TOO_SLOW), client.transport().closed());
    }

    private void ask(int times) {
        for (int i = 0; i < times; i++) {
            client.tell("{'id':1,'type':'connect'}");
        }
    }
}
