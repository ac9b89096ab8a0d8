package dev.parley.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.embedded.EmbeddedBroker;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Who is visited after which publish, with rounds that go on when the test says so. */
class RoundTest {
    private static final ChannelName ROOM = new ChannelName("chat:lobby");
    private static final int READERS = 5;

    private final List<Round> asked = new ArrayList<>();
    private final List<Integer> visited = new ArrayList<>();
    private final Hub hub = new Hub(
            new EmbeddedBroker(name -> Namespace.DEFAULT, 1, InstantSource.system()),
            name -> Namespace.DEFAULT,
            asked::add);
    private final List<Subscription> readers =
            new ArrayList<>(IntStream.range(0, READERS).mapToObj(this::join).toList());

    @Test
    void eachReaderIsVisitedOnce() {
        publish();
        visit(READERS + 1);

        assertEquals(List.of(0, 1, 2, 3, 4), visited);
    }

    @Test
    void messagesThatComeMeanwhileAskForNoOtherRound() {
        publish();
        publish();
        visit(2);
        publish();

        assertEquals(1, asked.size());
    }

    @Test
    void roundGoesOnFromWhereItStands() {
        publish();
        visit(3);
        publish();
        visit(READERS + 1);

        assertEquals(List.of(0, 1, 2, 3, 4, 0, 1, 2), visited);
    }

    @Test
    void roundIsOverWhenNobodyIsLeft() {
        publish();
        visit(READERS - 1);
        assertFalse(asked.getFirst().isOver());
        visit(1);
        assertTrue(asked.getFirst().isOver());

        publish();
        assertEquals(2, asked.size());
    }

    @Test
    void messageBetweenTheLastVisitAndTheEndOfTheRoundIsNotMissed() {
        publish();
        visit(READERS);
        publish();
        assertFalse(asked.getFirst().isOver());
        visit(READERS);

        assertEquals(1, asked.size());
        assertEquals(2 * READERS, visited.size());
    }

    /** Who leaves makes others change their places. */
    @Test
    void everybodyIsVisitedAlsoWhenSomebodyLeavesMeanwhile() {
        publish();
        visit(2);
        readers.removeFirst().leave();
        publish();
        visited.clear();
        visit(READERS);

        assertEquals(List.of(1, 2, 3, 4), visited.stream().sorted().toList());
    }

    @Test
    void whoComesMeanwhileIsVisitedForTheNextMessage() {
        publish();
        visit(2);
        join(5);
        publish();
        visited.clear();
        visit(READERS + 2);

        assertEquals(List.of(0, 1, 2, 3, 4, 5), visited);
    }

    private Subscription join(int number) {
        return hub.subscribe(ROOM, Start.LATEST, () -> visited.add(number)).subscription();
    }

    private void publish() {
        hub.publish(ROOM, new Content("m", "", ""), Optional.empty());
    }

    private void visit(int most) {
        asked.getFirst().visit(most);
    }
}
