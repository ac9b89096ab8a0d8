package dev.parley.embedded;

import static dev.parley.contract.BrokerSuite.publish;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.core.ChannelName;
import dev.parley.core.Namespace;
import dev.parley.core.Position;
import dev.parley.core.Start;
import dev.parley.fake.Crowd;
import dev.parley.fake.RecordingWatcher;
import dev.parley.fake.SettableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** A log is forgotten again and again under the hands of those who write and watch it. */
class ForgettingTest {
    private static final int LIVES = 30;
    private static final Namespace FLEETING =
            new Namespace(3, Duration.ofMillis(1), 10_000, Namespace.SlowReader.GAP, Duration.ofMillis(1));
    private static final ChannelName ROOM = new ChannelName("room");

    private final SettableClock clock = new SettableClock();
    private final EmbeddedBroker broker = new EmbeddedBroker(name -> FLEETING, 1, clock);
    private volatile boolean ended;

    @Test
    void noPositionIsGivenTwiceAndNothingIsLeft() throws Exception {
        List<List<Position>> answers = Crowd.together(4, this::task);

        List<Position> all = answers.stream().flatMap(List::stream).toList();
        assertEquals(all.size(), new HashSet<>(all).size());
        assertTrue(all.stream().map(Position::epoch).distinct().count() > 1);
        clock.move(Duration.ofSeconds(1));
        broker.sweep();
        assertEquals(0, broker.logs());
        assertEquals(0, broker.channels());
    }

    private Callable<List<Position>> task(int number) {
        return switch (number) {
            case 0 -> this::forget;
            case 1 -> this::watch;
            default -> this::publishInBursts;
        };
    }

    private List<Position> forget() {
        Set<String> lives = new HashSet<>();
        try {
            while (lives.size() < LIVES && !Thread.currentThread().isInterrupted()) {
                clock.move(Duration.ofMillis(2));
                broker.sweep();
                lives.add(broker.after(ROOM, Start.LATEST, 0).head().epoch());
            }
        } finally {
            ended = true;
        }
        return List.of();
    }

    private List<Position> publishInBursts() {
        List<Position> positions = new ArrayList<>();
        while (!ended) {
            for (int i = 0; i < 5; i++) {
                positions.add(publish(broker, ROOM, "m"));
            }
            pause();
        }
        return positions;
    }

    private List<Position> watch() {
        while (!ended) {
            var watcher = new RecordingWatcher();
            Position head = broker.watch(ROOM, watcher);
            pause();
            broker.unwatch(ROOM, watcher);
            pause();
            List<Position> heard = watcher.positions();
            if (!heard.isEmpty()) {
                assertEquals(head.at(head.offset() + 1), heard.getFirst());
            }
        }
        return List.of();
    }

    private static void pause() {
        for (int i = 0; i < 50; i++) {
            Thread.onSpinWait();
        }
    }
}
