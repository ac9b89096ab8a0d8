package dev.parley.session;

import static dev.parley.session.Stage.OTHER_ROOM;
import static dev.parley.session.Stage.ROOM;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.core.Position;
import dev.parley.protocol.Frame;
import dev.parley.session.ClientSession.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What goes out, in which order, and together with what. */
class WriterTest {
    private final Stage stage = new Stage();
    private final Client client = stage.client();

    @Test
    void replyComesBeforeWhatItsSubscriptionBrings() {
        Position seen = stage.publish(ROOM, "0");
        stage.publish(ROOM, 1, 3);
        client.tell("{'id':1,'type':'subscribe','channel':'chat:lobby','after':'" + seen + "'}");
        stage.publish(ROOM, "4");

        assertEquals(List.of(new Frame.Subscribed(1, ROOM, seen.at(4), true, null), "1", "2", "3", "4"), client.hear());
    }

    @Test
    void subscriptionIsThereForEverybodyOnceItsClientIsTold() {
        var channels = new ArrayList<>();
        client.transport()
                .duringNextWrite(
                        () -> channels.addAll(client.session().figures().channels()));
        stage.threads.startAtOnce();

        assertEquals(
                1,
                client.say("{'id':1,'type':'subscribe','channel':'chat:lobby'}").size());
        assertEquals(List.of(ROOM), channels);
    }

    @Test
    void nothingComesAfterTheReplyToUnsubscribing() {
        client.subscribe(ROOM);
        stage.publish(ROOM, 1, 2);
        client.tell("{'id':2,'type':'unsubscribe','channel':'chat:lobby'}");
        stage.publish(ROOM, "3");

        assertEquals(List.of(new Frame.Unsubscribed(2, ROOM)), client.hear());
    }

    @Test
    void unsubscribingDuringAWriteStopsTheNext() {
        client.subscribe(ROOM);
        stage.publish(ROOM, "1");
        client.transport().duringNextWrite(() -> {
            stage.publish(ROOM, "2");
            client.tell("{'id':2,'type':'unsubscribe','channel':'chat:lobby'}");
            stage.publish(ROOM, "3");
        });

        assertEquals(List.of("1", new Frame.Unsubscribed(2, ROOM)), client.hear());
    }

    @Test
    void whatWaitsGoesOutInOneWrite() {
        client.tell("{'id':1,'type':'subscribe','channel':'chat:lobby'}");
        stage.run();
        stage.publish(ROOM, 1, 200);
        stage.run();

        assertEquals(2, client.transport().writes().size());
        assertEquals(texts(1, 200), client.transport().writes().getLast());
    }

    @Test
    void whatComesDuringAWriteGoesOutWithTheNext() {
        client.subscribe(ROOM);
        stage.publish(ROOM, "1");
        client.transport().duringNextWrite(() -> {
            int ready = stage.threads.waiting();
            stage.publish(ROOM, 2, 100);
            assertEquals(ready, stage.threads.waiting());
        });
        stage.run();

        assertEquals(List.of(List.of("1"), texts(2, 100)), client.transport().writes());
    }

    @Test
    void channelsAreWrittenTogether() {
        client.subscribe(ROOM);
        client.subscribe(OTHER_ROOM);
        stage.publish(ROOM, 1, 2);
        stage.publish(OTHER_ROOM, 11, 12);
        stage.run();

        assertEquals(List.of(List.of("1", "2", "11", "12")), client.transport().writes());
    }

    @Test
    void largeOnesGoOutInSeveralWrites() {
        client.subscribe(ROOM);
        String large = "\"" + "l".repeat(10_000) + "\"";
        for (int i = 0; i < 20; i++) {
            stage.publish(ROOM, large);
        }
        stage.run();

        assertTrue(client.transport().writes().size() > 1);
        assertEquals(
                20, client.transport().take().stream().filter(large::equals).count());
    }

    /** A busy channel does not keep the others from being read. */
    @Test
    void channelsTakeTurnsWhenThereIsMuch() {
        client.subscribe(ROOM);
        client.subscribe(OTHER_ROOM);
        String large = "\"" + "l".repeat(30_000) + "\"";
        for (int i = 0; i < 20; i++) {
            stage.publish(ROOM, large);
        }
        stage.publish(OTHER_ROOM, "1");
        stage.run();
        List<Object> said = client.transport().take();

        assertEquals(21, said.size());
        assertTrue(said.indexOf("1") < 10, () -> "behind " + said.indexOf("1") + " large ones");
    }

    @Test
    void longCatchingUpLeavesTheTurnToOthers() {
        client.subscribe(ROOM);
        Client other = stage.client();
        other.subscribe(OTHER_ROOM);
        String large = "\"" + "l".repeat(60_000) + "\"";
        for (int i = 0; i < 30; i++) {
            stage.publish(ROOM, large);
        }
        stage.publish(OTHER_ROOM, "1");
        var progress = new ArrayList<Integer>();
        other.transport()
                .duringNextWrite(() -> progress.add(client.transport().writes().size()));
        stage.run();

        assertEquals(30, client.transport().take().size());
        assertTrue(progress.getFirst() < 20, () -> "after " + progress + " writes of another");
    }

    @Test
    void repliesComeInTheOrderOfTheCommands() {
        for (int id = 1; id <= 2000; id++) {
            client.tell("{'id':" + id + ",'type':'unsubscribe','channel':'chat:lobby'}");
        }
        List<Long> answered =
                client.hear().stream().map(frame -> ((Frame.Error) frame).re()).toList();

        assertEquals(IntStream.rangeClosed(1, 2000).mapToObj(Long::valueOf).toList(), answered);
    }

    @Test
    void sessionWithNothingToSayWritesNothing() {
        client.subscribe(ROOM);
        Client other = stage.client(Kind.SSE);
        stage.publish(OTHER_ROOM, "1");

        assertEquals(List.of(), client.hear());
        assertEquals(List.of(), other.hear());
        assertEquals(List.of(), client.transport().writes());
    }

    private static List<Object> texts(int first, int last) {
        return IntStream.rangeClosed(first, last)
                .<Object>mapToObj(Integer::toString)
                .toList();
    }
}
