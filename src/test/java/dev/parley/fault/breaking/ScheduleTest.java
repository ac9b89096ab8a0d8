package dev.parley.fault.breaking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.fault.breaking.Fault.Kind;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ScheduleTest {
    /** As short as a build's. */
    private static final Duration LENGTH = Duration.ofSeconds(55);

    private static final int KILLS = 9;

    @Test
    void theSameSeedGivesTheSameFaults() {
        assertEquals(schedule(7, KILLS), schedule(7, KILLS));
    }

    @Test
    void anotherSeedGivesOthers() {
        assertNotEquals(schedule(7, KILLS), schedule(8, KILLS));
    }

    @Test
    void thereAreAsManyKillsAsWanted() {
        IntStream.rangeClosed(0, 20)
                .forEach(kills -> assertEquals(kills, schedule(7, kills).count(Kind.KILL)));
    }

    @Test
    void everyKindOfFaultComesUp() {
        for (Kind kind : Kind.values()) {
            assertTrue(schedule(7, KILLS).count(kind) > 0, kind::name);
        }
    }

    @Test
    void faultsComeInTheOrderOfTheirTimesAndWithinTheRun() {
        for (List<Fault> faults :
                List.of(schedule(7, KILLS).ofParts(), schedule(7, KILLS).ofRelays())) {
            assertEquals(faults.stream().sorted(Comparator.comparing(Fault::at)).toList(), faults);
            assertTrue(faults.getLast().at().compareTo(LENGTH) < 0, faults::toString);
        }
    }

    @Test
    void everyPartAndRelayIsATarget() {
        Schedule schedule = schedule(7, KILLS);
        assertEquals(
                3, schedule.ofParts().stream().map(Fault::target).distinct().count());
        assertEquals(
                2, schedule.ofRelays().stream().map(Fault::target).distinct().count());
    }

    private static Schedule schedule(long seed, int kills) {
        return Schedule.of(seed, LENGTH, kills, 3, 2);
    }
}
