package dev.parley.fault.breaking;

import dev.parley.fault.breaking.Tally.Event;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Does to an installation what a schedule says. When it is done, everything is up again. While it is about a fault, the schedule's
 * time stands still: however long a start takes, what was started has its time until the next one.
 */
final class Breaker {
    private static final double SOME = 0.4;

    private final Installation installation;
    private final Schedule schedule;
    private final Tally tally;
    private final CountDownLatch over;
    private final long seed;

    /** @param over ends it early */
    Breaker(Installation installation, Schedule schedule, Tally tally, CountDownLatch over, long seed) {
        this.installation = installation;
        this.schedule = schedule;
        this.tally = tally;
        this.over = over;
        this.seed = seed;
    }

    /** Each is to run in a thread of its own. */
    List<Callable<Void>> tasks() {
        return List.of(this::breakParts, this::breakRelays);
    }

    private Void breakParts() throws InterruptedException {
        Duration now = Duration.ZERO;
        for (Fault fault : schedule.ofParts()) {
            pause(fault.at().minus(now));
            breakPart(installation.parts().get(fault.target()), fault);
            now = fault.at();
        }
        return null;
    }

    private void breakPart(Part part, Fault fault) throws InterruptedException {
        tally.because(part.name() + ": " + fault.kind());
        switch (fault.kind()) {
            case KILL -> {
                tally.count(Event.KILLED);
                part.kill();
                pause(fault.lasting());
                part.start();
            }
            case STOP -> {
                tally.count(Event.STOPPED);
                part.stop();
                pause(fault.lasting());
                part.start();
            }
            case FREEZE -> {
                tally.count(Event.FROZEN);
                part.freeze();
                pause(fault.lasting());
                part.thaw();
            }
            case REDEPLOY -> {
                tally.count(Event.REDEPLOYED);
                part.undeploy();
                pause(fault.lasting());
                part.deploy();
            }
            case CUT_ALL, CUT_SOME, STILL, SLOW, ORPHAN -> throw new IllegalArgumentException(fault.toString());
        }
    }

    private Void breakRelays() throws InterruptedException {
        var random = new SplittableRandom(seed);
        Duration now = Duration.ZERO;
        for (Fault fault : schedule.ofRelays()) {
            pause(fault.at().minus(now));
            breakRelay(installation.relays().get(fault.target()), fault, random);
            now = fault.at();
        }
        return null;
    }

    private void breakRelay(Relay relay, Fault fault, SplittableRandom random) throws InterruptedException {
        switch (fault.kind()) {
            case CUT_ALL -> {
                tally.count(Event.CUT);
                relay.cut(random, 1);
            }
            case CUT_SOME -> {
                tally.count(Event.CUT);
                relay.cut(random, SOME);
            }
            case STILL -> {
                tally.count(Event.STILL);
                relay.become(new Relay.Weather.Still());
                pause(fault.lasting());
                relay.clearUp();
            }
            case SLOW -> {
                tally.count(Event.SLOW);
                relay.become(new Relay.Weather.Slow(Duration.ofMillis(random.nextInt(5, 200))));
                pause(fault.lasting());
                relay.clearUp();
            }
            case ORPHAN -> {
                tally.count(Event.ORPHANED);
                relay.orphan();
                pause(fault.lasting());
                relay.dropOrphans();
            }
            case KILL, STOP, FREEZE, REDEPLOY -> throw new IllegalArgumentException(fault.toString());
        }
    }

    private void pause(Duration duration) throws InterruptedException {
        if (over.await(duration.toNanos(), TimeUnit.NANOSECONDS)) {
            throw new InterruptedException("the run is over");
        }
    }
}
