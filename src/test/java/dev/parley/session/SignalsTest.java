package dev.parley.session;

import static dev.parley.session.Stage.ROOM;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.parley.core.Content;
import dev.parley.core.Hub;
import dev.parley.core.Start;
import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.Frame;
import dev.parley.session.ClientSession.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SignalsTest {
    private static final String TYPING = "{'id':1,'type':'signal','channel':'chat:lobby','data':true,'event':'typing'}";

    private final Stage stage = new Stage();
    private final Client client = stage.client();

    @Test
    void signalGoesToWhoIsThereAndLeavesNothing() {
        Client reader = stage.client();
        reader.subscribe(ROOM);
        Client elsewhere = stage.client();
        elsewhere.subscribe(Stage.OTHER_ROOM);

        assertEquals(List.of(new Frame.Signalled(1, ROOM)), client.say(TYPING));

        var signal = (Frame.Signal) parts(reader.hear()).getFirst();
        assertEquals(new Content("true", "typing", "alice"), signal.signal().content());
        assertEquals(List.of(), elsewhere.hear());
        assertEquals(0, stage.broker.channels());
    }

    @Test
    void allReadersGetTheSameFrame() {
        Client first = stage.client();
        Client second = stage.client();
        first.subscribe(ROOM);
        second.subscribe(ROOM);
        client.say(TYPING);

        assertSame(first.hear().getFirst(), second.hear().getFirst());
    }

    @Test
    void slowReaderGetsFewSignalsAndAllElse() {
        Client slow = stage.client();
        slow.subscribe(ROOM);
        slow.hear();
        slow.transport().duringNextWrite(() -> {
            for (int i = 0; i < 100; i++) {
                stage.hub.signal(new dev.parley.core.Signal(ROOM, new Content("1", "", "")));
            }
            stage.publish(ROOM, "'message'");
        });
        stage.publish(ROOM, "1");

        List<Object> heard = slow.hear();
        assertEquals(8, heard.stream().filter(Frame.Shared.class::isInstance).count());
        assertEquals("'message'", heard.getLast());
    }

    @Test
    void streamsHearSignalsOnlyIfTheyAskedAndBareClientsNever() {
        for (Kind kind : new Kind[] {Kind.SSE, Kind.CHAT}) {
            Client reader = stage.client(kind);
            Hub.Joined joined = stage.gate().subscribe(reader.session(), ROOM, Start.LATEST);
            reader.session().read(List.of(joined.subscription()), List.of());
            client.say(TYPING);
            assertEquals(List.of(), reader.hear());

            reader.session().hearSignals();
            client.say(TYPING);
            assertEquals(1, reader.hear().size());
            reader.session().ended();
        }
    }

    @Test
    void senderThatIsTooFastIsToldWhenToTryAgain() {
        for (int i = 0; i < Stage.SIGNALS; i++) {
            assertEquals(List.of(new Frame.Signalled(1, ROOM)), client.say(TYPING));
        }

        var error = (Frame.Error) client.say(TYPING).getFirst();
        assertEquals(ErrorCode.TOO_MANY_REQUESTS, error.code());
        assertEquals(1000, error.after());
        assertEquals(List.of(new Frame.Signalled(1, ROOM)), stage.client().say(TYPING));

        stage.nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(error.after()));
        assertEquals(List.of(new Frame.Signalled(1, ROOM)), client.say(TYPING));
    }

    private static List<Frame.Broadcast> parts(List<Object> heard) {
        var parts = new ArrayList<Frame.Broadcast>();
        heard.forEach(frame -> parts.addAll(((Frame.Shared) frame).parts()));
        return parts;
    }
}
