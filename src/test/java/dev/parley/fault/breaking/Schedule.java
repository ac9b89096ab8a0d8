package dev.parley.fault.breaking;

import dev.parley.fault.breaking.Fault.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * When what goes wrong. The same seed gives the same schedule.
 *
 * @param ofParts what happens to processes, one after the other
 * @param ofRelays what happens to connections, at the same time
 */
record Schedule(List<Fault> ofParts, List<Fault> ofRelays) {
    /** Of so many faults of processes one is no kill: each of these in turn. */
    private static final int MILD_EVERY = 3;

    private static final List<Kind> MILD = List.of(Kind.STOP, Kind.FREEZE, Kind.REDEPLOY);

    private static final Duration BETWEEN_RELAYS = Duration.ofMillis(1500);
    private static final int LONGEST_DOWN = 1000;
    private static final int LONGEST_TROUBLE = 1500;
    private static final List<Kind> TROUBLES =
            List.of(Kind.CUT_ALL, Kind.CUT_SOME, Kind.CUT_SOME, Kind.STILL, Kind.SLOW, Kind.ORPHAN);

    Schedule {
        ofParts = List.copyOf(ofParts);
        ofRelays = List.copyOf(ofRelays);
    }

    /**
     * @param kills so many, and half as many stops, freezes and redeployments; 0 for connections alone
     * @param parts how many processes there are
     */
    static Schedule of(long seed, Duration length, int kills, int parts, int relays) {
        var random = new SplittableRandom(seed);
        return new Schedule(ofParts(random, length, kills, parts), ofRelays(random, length, relays));
    }

    long count(Kind kind) {
        return (kind.isOfParts() ? ofParts : ofRelays)
                .stream().filter(fault -> fault.kind() == kind).count();
    }

    private static List<Fault> ofParts(RandomGenerator random, Duration length, int kills, int parts) {
        var faults = new ArrayList<Fault>();
        int count = kills == 0 ? 0 : kills + (kills - 1) / (MILD_EVERY - 1);
        for (int i = 0; i < count; i++) {
            Duration at = at(random, length.dividedBy(count), i);
            faults.add(new Fault(at, ofPart(i), random.nextInt(parts), millis(random, LONGEST_DOWN)));
        }
        return faults;
    }

    private static List<Fault> ofRelays(RandomGenerator random, Duration length, int relays) {
        var faults = new ArrayList<Fault>();
        for (int i = 0; i < length.dividedBy(BETWEEN_RELAYS); i++) {
            Duration at = at(random, BETWEEN_RELAYS, i);
            Kind kind = TROUBLES.get(random.nextInt(TROUBLES.size()));
            faults.add(new Fault(at, kind, random.nextInt(relays), millis(random, LONGEST_TROUBLE)));
        }
        return faults;
    }

    private static Kind ofPart(int index) {
        if (index % MILD_EVERY != MILD_EVERY - 1) {
            return Kind.KILL;
        }
        return MILD.get(index / MILD_EVERY % MILD.size());
    }

    /** Somewhere in the index-th step. */
    private static Duration at(RandomGenerator random, Duration step, int index) {
        return step.multipliedBy(index).plusMillis(random.nextLong(step.toMillis()));
    }

    private static Duration millis(RandomGenerator random, int longest) {
        return Duration.ofMillis(random.nextInt(longest));
    }
}
