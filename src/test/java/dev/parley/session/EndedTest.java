package dev.parley.session;

import static dev.parley.session.Stage.ROOM;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.protocol.CloseCode;
import dev.parley.protocol.Frame;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The writer of a session that has ended may still be woken: by a publisher that took the channel's readers before it left, by a
 * command that was under way. It once asked for a turn after the other for ever then, and kept a core busy.
 */
@Timeout(value = 20, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class EndedTest {
    private final Stage stage = new Stage();
    private final Client client = stage.client();

    @Test
    void wokenAfterItsEndItWritesNothingAndRests() {
        client.session().ended();
        client.session().reader().wake();
        client.session().send(new Frame.Ping());

        assertEquals(List.of(), client.hear());
        assertEquals(0, stage.threads.waiting());
    }

    @Test
    void leftByItsClientDuringAWriteItRests() {
        client.subscribe(ROOM);
        String large = "\"" + "l".repeat(60_000) + "\"";
        for (int i = 0; i < 5; i++) {
            stage.publish(ROOM, large);
        }
        client.transport().duringNextWrite(() -> client.session().ended());

        assertTrue(client.hear().size() < 5);
        assertEquals(0, stage.hub.watchedChannels());
    }

    @Test
    void writeThatReturnsAfterItsSessionWasClosedIsTheLast() {
        client.subscribe(ROOM);
        stage.publish(ROOM, "1");
        client.transport().duringNextWrite(() -> {
            stage.publish(ROOM, "2");
            stage.ticks(Stage.WRITE + 3 * Stage.STALL);
            assertEquals(
                    Optional.of(CloseCode.NO_SIGN_OF_LIFE), client.transport().closed());
            stage.publish(ROOM, "3");
        });

        assertEquals(List.of("1"), client.hear());
    }
}
