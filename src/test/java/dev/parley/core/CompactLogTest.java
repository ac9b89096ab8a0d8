package dev.parley.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class CompactLogTest {
    private static final ChannelName ROOM = new ChannelName("room");
    private static final Position BEFORE = new Position("life", 41);

    private final CompactLog log = new CompactLog(BEFORE);

    /** A message under this name, so many offsets after the last one, then trimming to so many and to this age in ms. */
    record Step(String name, int ahead, int length, int count, int age) {}

    @Provide
    Arbitrary<List<Step>> histories() {
        return Combinators.combine(
                        Arbitraries.of("", "a", "b", "c", "d", "e"),
                        Arbitraries.integers().between(1, 3),
                        Arbitraries.integers().between(0, 300),
                        Arbitraries.integers().between(1, 6),
                        Arbitraries.integers().between(0, 60))
                .as(Step::new)
                .list()
                .ofMaxSize(40);
    }

    @Property(tries = 500)
    void logHoldsTheNewestOfEachNameInOrderWithinItsLimits(@ForAll("histories") List<Step> steps) {
        var kept = new CompactLog(BEFORE);
        List<Message> model = new ArrayList<>();
        long head = BEFORE.offset();
        long base = head;
        for (Step step : steps) {
            head += step.ahead;
            var next = new Message(ROOM, BEFORE.at(head), new Content("x".repeat(step.length), step.name, ""), head);
            Optional<Message> before = model.stream()
                    .filter(message -> message.content().event().equals(step.name))
                    .findFirst();
            assertEquals(before, kept.append(next));
            before.ifPresent(model::remove);
            model.add(next);
            kept.trim(step.count, Long.MAX_VALUE, head - step.age);
            while (model.size() > step.count || model.getFirst().time() < head - step.age) {
                base = model.removeFirst().offset();
            }
            assertHolds(kept, model, base, head);
        }
    }

    private static void assertHolds(CompactLog log, List<Message> model, long base, long head) {
        assertEquals(BEFORE.at(head), log.head());
        assertEquals(BEFORE.at(base), log.base());
        assertEquals(model.size(), log.size());
        assertEquals(model.getFirst(), log.oldest());
        for (long offset = base; offset <= head + 1; offset++) {
            long here = offset;
            List<Message> after = model.stream().filter(m -> m.offset() > here).toList();
            List<Message> before = model.stream().filter(m -> m.offset() < here).toList();
            assertEquals(here <= head, log.reaches(BEFORE.at(here)));
            assertEquals(after, log.after(here, 10, Long.MAX_VALUE));
            assertEquals(after.subList(0, Math.min(2, after.size())), log.after(here, 2, Long.MAX_VALUE));
            assertEquals(before, log.before(here, 10, Long.MAX_VALUE));
            assertEquals(
                    before.subList(Math.max(0, before.size() - 2), before.size()), log.before(here, 2, Long.MAX_VALUE));
            assertEquals(model.stream().filter(m -> m.offset() == here).findFirst(), log.at(BEFORE.at(here)));
        }
    }

    @Example
    void weightIsThatOfTheRetainedAlone() {
        for (int i = 1; i <= 10; i++) {
            log.append(new Message(ROOM, BEFORE.at(41 + i), new Content("x".repeat(1000), "a", ""), 0));
        }
        log.trim(10, new Content("x".repeat(1000), "a", "").weight(), 0);

        assertEquals(1, log.size());
        assertEquals(BEFORE, log.base());
    }

    @Example
    void onlyALaterMessageOfTheSameLifeIsTaken() {
        log.append(new Message(ROOM, BEFORE.at(50), new Content("1", "a", ""), 0));

        for (Position wrong : List.of(BEFORE, BEFORE.at(50), new Position("another", 51))) {
            var message = new Message(ROOM, wrong, new Content("1", "a", ""), 0);
            assertThrows(IllegalArgumentException.class, () -> log.append(message));
        }
        assertTrue(log.reaches(BEFORE.at(45)));
    }
}
