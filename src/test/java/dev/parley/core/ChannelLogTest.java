package dev.parley.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;

class ChannelLogTest {
    private static final ChannelName ROOM = new ChannelName("room");
    private static final Position BEFORE = new Position("life", 41);

    private final ChannelLog log = ChannelLog.from(BEFORE, Namespace.DEFAULT);

    /** What is done to a log: some messages come in, of this length and one a millisecond, then it is trimmed. */
    record Step(int messages, int length, int count, long weight, int age) {}

    @Provide
    Arbitrary<List<Step>> histories() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 40),
                        Arbitraries.integers().between(0, 300),
                        Arbitraries.integers().between(0, 50),
                        Arbitraries.longs().between(0, 20_000),
                        Arbitraries.integers().between(0, 60))
                .as(Step::new)
                .list()
                .ofMaxSize(12);
    }

    @Property(tries = 500)
    void logHoldsTheNewestInOrderWithinItsLimits(
            @ForAll("histories") List<Step> steps, @ForAll @LongRange(max = 1_000_000) long first) {
        var kept = ChannelLog.from(new Position("life", first), Namespace.DEFAULT);
        List<Message> model = new ArrayList<>();
        long head = first;
        for (Step step : steps) {
            for (int i = 0; i < step.messages; i++) {
                head++;
                Message next = message(new Position("life", head), step.length, head);
                kept.append(next);
                model.add(next);
            }
            long notBefore = head - step.age;
            kept.trim(step.count, step.weight, notBefore);
            while (!model.isEmpty()
                    && (model.size() > step.count
                            || weight(model) > step.weight
                            || model.getFirst().time() < notBefore)) {
                model.removeFirst();
            }
            assertHolds(kept, model, new Position("life", head));
        }
    }

    private static void assertHolds(ChannelLog log, List<Message> model, Position head) {
        long base = head.offset() - model.size();
        assertEquals(model.size(), log.size());
        assertEquals(model.isEmpty(), log.isEmpty());
        assertEquals(head, log.head());
        assertEquals(head.at(base), log.base());
        for (long offset = base; offset <= head.offset(); offset++) {
            int from = (int) (offset - base);
            assertTrue(log.reaches(head.at(offset)));
            assertEquals(model.subList(from, model.size()), log.after(offset, Integer.MAX_VALUE, Long.MAX_VALUE));
            assertEquals(model.subList(from, Math.min(from + 3, model.size())), log.after(offset, 3, Long.MAX_VALUE));
        }
        assertFalse(log.reaches(head.at(base - 1)));
        assertFalse(log.reaches(head.at(head.offset() + 1)));
        assertFalse(log.reaches(new Position("another", head.offset())));
        if (!model.isEmpty()) {
            assertEquals(model.getFirst(), log.oldest());
        }
    }

    @Example
    void emptyLogStandsAtItsHead() {
        assertEquals(BEFORE, log.head());
        assertEquals(BEFORE, log.base());
        assertTrue(log.reaches(BEFORE));
        assertEquals(List.of(), log.after(41, 10, Long.MAX_VALUE));
    }

    @Example
    void onlyTheNextMessageIsTaken() {
        log.append(message(BEFORE.at(42), 1, 0));

        for (Position wrong : List.of(BEFORE, BEFORE.at(42), BEFORE.at(44), new Position("another", 43))) {
            assertThrows(IllegalArgumentException.class, () -> log.append(message(wrong, 1, 0)));
        }
        assertEquals(BEFORE.at(42), log.head());
        log.append(message(BEFORE.at(43), 1, 0));
        assertEquals(2, log.size());
    }

    @Example
    void trimmedToNothingGoesOnCounting() {
        log.append(message(BEFORE.at(42), 1, 0));
        log.trim(0, 0, 0);
        assertTrue(log.isEmpty());
        log.append(message(BEFORE.at(43), 1, 0));

        assertEquals(BEFORE.at(42), log.base());
        assertEquals(1, log.after(42, 10, Long.MAX_VALUE).size());
    }

    @Example
    void aPieceIsBoundedInWeightButNeverEmpty() {
        for (int i = 42; i <= 46; i++) {
            log.append(message(BEFORE.at(i), 1000, 0));
        }
        long one = log.oldest().content().weight();

        assertEquals(List.of(42L, 43L), offsets(log.after(41, 10, one + 1)));
        assertEquals(List.of(42L), offsets(log.after(41, 10, 0)));
        assertEquals(List.of(45L, 46L), offsets(log.before(47, 10, one + 1)));
        assertEquals(List.of(43L), offsets(log.before(44, 10, 0)));
        assertEquals(List.of(42L, 43L), offsets(log.before(44, 10, Long.MAX_VALUE)));
        assertEquals(List.of(), log.before(42, 10, Long.MAX_VALUE));
    }

    private static List<Long> offsets(List<Message> messages) {
        return messages.stream().map(Message::offset).toList();
    }

    private static Message message(Position position, int length, long time) {
        return new Message(ROOM, position, new Content("x".repeat(length), "", ""), time);
    }

    private static long weight(List<Message> messages) {
        return messages.stream().mapToLong(m -> m.content().weight()).sum();
    }
}
