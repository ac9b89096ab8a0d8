package dev.parley.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.embedded.EmbeddedBroker;
import dev.parley.fake.SettableClock;
import dev.parley.fake.Visits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One channel, its readers and what must hold for them whatever the acts; one thread. */
final class Play {
    private static final ChannelName ROOM = new ChannelName("room");

    private final SettableClock clock = new SettableClock();
    private final EmbeddedBroker broker;
    private final Hub hub;
    private final Map<Position, String> published = new HashMap<>();
    private final List<Position> positions = new ArrayList<>();
    private final List<AccountingReader> readers = new ArrayList<>();

    Play(int history) {
        var rules = new Namespace(
                history, Duration.ofSeconds(10), 1 << 20, Namespace.SlowReader.GAP, Duration.ofMinutes(5));
        broker = new EmbeddedBroker(name -> rules, 10, clock);
        hub = new Hub(broker, name -> rules, Visits.AT_ONCE);
    }

    void perform(Act act) {
        switch (act) {
            case Act.Publish(int count) -> publish(count);
            case Act.Join(Act.From from, int choice) -> join(from, choice);
            case Act.Read(int reader, int limit) -> chosen(reader, true).ifPresent(one -> read(one, limit));
            case Act.Leave(int reader) -> chosen(reader, true).ifPresent(AccountingReader::leave);
            case Act.Return(int reader) -> chosen(reader, false).ifPresent(AccountingReader::rejoin);
            case Act.Pass(int seconds) -> pass(seconds);
        }
        for (AccountingReader reader : joined()) {
            assertTrue(reader.isWoken() || !reader.isBehind(), "asleep behind the head");
        }
    }

    private void publish(int count) {
        for (int i = 0; i < count; i++) {
            String text = "text " + positions.size();
            Position position = hub.publish(ROOM, new Content(text, "", ""), Optional.empty())
                    .position();
            assertEquals(null, published.put(position, text));
            positions.add(position);
        }
    }

    private void pass(int seconds) {
        clock.move(Duration.ofSeconds(seconds));
        broker.sweep();
    }

    private void join(Act.From from, int choice) {
        Position head = broker.after(ROOM, Start.LATEST, 0).head();
        Start start = switch (from) {
            case LATEST -> Start.LATEST;
            case EARLIEST -> Start.EARLIEST;
            case PUBLISHED ->
                positions.isEmpty() ? Start.LATEST : new Start.At(positions.get(choice % positions.size()));
            case EMPTY -> new Start.At(head.at(0));
            case BEYOND -> new Start.At(head.at(head.offset() + 1 + choice));
            case UNHEARD_OF -> new Start.At(new Position("unheardof", choice));
        };
        Slice due = broker.after(ROOM, start, 0);
        var reader = new AccountingReader(hub, ROOM);
        readers.add(reader);
        Hub.Joined joined = reader.join(start);

        assertEquals(head, joined.head());
        assertEquals(due.start(), reader.cursor());
        assertEquals(!(start instanceof Start.At at) || !due.missedAfter(at.position()), joined.recovered());
    }

    private void read(AccountingReader reader, int limit) {
        Position stood = reader.cursor();
        boolean retained = !broker.after(ROOM, new Start.At(stood), 0).missedAfter(stood);
        boolean missed = reader.read(limit);

        assertFalse(retained && missed, "missed what is retained");
        if (reader.isBehind()) {
            reader.wake(); // as its writer goes on by itself
        }
    }

    /** Everybody reads to the end. */
    void end() {
        Position head = broker.after(ROOM, Start.LATEST, 0).head();
        for (AccountingReader reader : joined()) {
            while (reader.isBehind()) {
                read(reader, 100);
            }
            assertEquals(head, reader.cursor());
        }
        for (AccountingReader reader : readers) {
            List<Position> got = reader.got().stream().map(Message::position).toList();
            assertEquals(got.size(), new HashSet<>(got).size());
            reader.got()
                    .forEach(m -> assertEquals(
                            published.get(m.position()), m.content().data()));
        }
        joined().forEach(AccountingReader::leave);
        assertEquals(0, hub.watchedChannels());
    }

    private Optional<AccountingReader> chosen(int number, boolean joined) {
        List<AccountingReader> candidates =
                readers.stream().filter(reader -> reader.isJoined() == joined).toList();
        return candidates.isEmpty() ? Optional.empty() : Optional.of(candidates.get(number % candidates.size()));
    }

    private List<AccountingReader> joined() {
        return readers.stream().filter(AccountingReader::isJoined).toList();
    }
}
