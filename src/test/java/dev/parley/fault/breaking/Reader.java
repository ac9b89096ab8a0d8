package dev.parley.fault.breaking;

import dev.parley.fault.breaking.Tally.Event;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reads some channels by one connection after the other, each of a transport and at a door of its own choice, and goes on with its
 * positions, until it has heard the last word of each channel.
 */
final class Reader implements Callable<List<Track>> {
    private static final Duration BACK_OFF = Duration.ofMillis(100);
    private static final int SMALL_BUFFER = 4096;
    private static final double FAITHFUL = 0.3;

    private final Journey journey;
    private final Doors doors;
    private final Tally tally;
    private final CountDownLatch over;
    private final SplittableRandom random;
    private @Nullable Transport last;

    /** @param over ends it wherever it stands */
    Reader(Journey journey, Doors doors, Tally tally, CountDownLatch over, long seed) {
        this.journey = journey;
        this.doors = doors;
        this.tally = tally;
        this.over = over;
        this.random = new SplittableRandom(seed);
    }

    @Override
    public List<Track> call() throws InterruptedException {
        while (!isDone()) {
            Transport transport = next();
            var stay = Stay.next(random);
            try {
                visit(transport, stay);
                tally.count(Event.DISCONNECTED);
            } catch (IOException e) {
                broken(transport, e);
            }
        }
        return journey.tracks();
    }

    private boolean isDone() {
        return journey.isFinished() || over.getCount() == 0;
    }

    private void visit(Transport transport, Stay stay) throws IOException, InterruptedException {
        try (var connection = new Connection(doors.any(random), stay.stall().isZero() ? 0 : SMALL_BUFFER)) {
            transport.ask(connection, journey);
            read(connection, transport, stay.lasting());
            if (!stay.stall().isZero() && !isDone()) {
                tally.count(Event.STALLED);
                pause(stay.stall());
                read(connection, transport, stay.lasting());
            }
            if (!stay.politely()) {
                connection.cut();
            }
        }
    }

    private void read(Connection connection, Transport transport, Duration lasting) throws IOException {
        long end = System.nanoTime() + lasting.toNanos();
        for (long left = lasting.toNanos(); left > 0 && !isDone(); left = end - System.nanoTime()) {
            if (connection.isAnswered()) {
                if (transport != Transport.POLL) {
                    throw new IOException("the stream ended");
                }
                transport.ask(connection, journey);
            }
            connection.read(Duration.ofNanos(left));
        }
    }

    private Transport next() {
        List<Transport> possible = Transport.forChannels(journey.channels().size());
        Transport next = last;
        if (next == null || random.nextDouble() > FAITHFUL) {
            next = possible.get(random.nextInt(possible.size()));
        }
        if (next == Transport.CHAT && !journey.isPlaced() || next == Transport.POLL && journey.isPartlyPlaced()) {
            next = Transport.WS; // a room does not say where it begins, a poll only if it begins everywhere
        }
        if (last != null && next != last) {
            tally.count(Event.CHANGED);
        }
        last = next;
        return next;
    }

    private void broken(Transport transport, IOException why) throws InterruptedException {
        tally.count(Event.BROKEN);
        tally.because(transport + ": " + why.getMessage());
        pause(BACK_OFF);
    }

    private void pause(Duration duration) throws InterruptedException {
        if (over.await(duration.toNanos(), TimeUnit.NANOSECONDS)) {
            tally.because("over");
        }
    }
}
