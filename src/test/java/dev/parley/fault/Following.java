package dev.parley.fault;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** Many followers of many channels, and who publishes to these at a steady pace. */
final class Following implements AutoCloseable {
    private static final int CHANNELS = 100;

    /** Two in five over each of the first two, one in ten over each of the others. */
    private static final List<Carrier> MIX = List.of(
            Carrier.WS,
            Carrier.SSE,
            Carrier.WS,
            Carrier.SSE,
            Carrier.CHAT,
            Carrier.WS,
            Carrier.SSE,
            Carrier.WS,
            Carrier.SSE,
            Carrier.POLL);

    private final Moments comings = new Moments();
    private final SteadyPublisher publisher;
    private final Swarm swarm;
    private final List<Follower> followers;

    /**
     * Begins, and returns when all followers read.
     *
     * @param base of a server on the loopback
     * @param perSecond messages, on all channels together
     */
    Following(URI base, int clients, int perSecond, Duration atMost) {
        List<String> channels = IntStream.range(0, CHANNELS)
                .mapToObj(i -> "chat:following-" + i)
                .toList();
        publisher =
                new SteadyPublisher(base, channels, Duration.ofSeconds(CHANNELS).dividedBy(perSecond));
        swarm = new Swarm(base.getPort());
        followers = IntStream.range(0, clients)
                .mapToObj(i -> follower(MIX.get(i % MIX.size()), channels.get(i / MIX.size() % CHANNELS)))
                .toList();
        swarm.connect(followers.stream().map(Follower::peer).toList());
        awaitReading(atMost);
        publisher.begin();
    }

    private Follower follower(Carrier carrier, String channel) {
        return new Follower(swarm, carrier, channel, publisher.position(channel), publisher.last(channel), comings);
    }

    /** When clients came back, each time that they had been connected: their first attempts. */
    Moments comings() {
        return comings;
    }

    /** When messages were stored, after the first of each channel. */
    Moments stored() {
        return publisher.stored();
    }

    /** Waits until everybody is connected. */
    void awaitReading(Duration atMost) {
        Eventually.holds(
                () -> "all read, but " + such(follower -> !follower.peer().isReading()),
                atMost,
                () -> swarm.isSound()
                        && followers.stream().allMatch(one -> one.peer().isReading()));
    }

    /** Waits until everybody is connected and has heard what was published before that. */
    void awaitCaughtUp(Duration atMost) {
        awaitReading(atMost);
        List<Long> last =
                followers.stream().map(one -> publisher.last(one.channel())).toList();
        Eventually.holds(
                () -> "all have caught up, but " + such(this::lacks),
                atMost,
                () -> swarm.isSound()
                        && IntStream.range(0, last.size())
                                .allMatch(i -> followers.get(i).heard() >= last.get(i)));
    }

    /** Waits until all is published that was to be by now. */
    void awaitPace(Duration atMost) {
        publisher.awaitPace(atMost);
    }

    /** Ends the publishing, and waits until everybody has heard every message. */
    void finish(Duration atMost) {
        publisher.finish();
        Eventually.holds(
                () -> "all have heard everything, but " + such(this::lacks),
                atMost,
                () -> swarm.isSound() && followers.stream().noneMatch(this::lacks));
    }

    private boolean lacks(Follower one) {
        return one.heard() < publisher.last(one.channel());
    }

    private String such(Predicate<Follower> like) {
        List<Follower> found = followers.stream().filter(like).toList();
        return found.size() + " such as " + found.subList(0, Math.min(5, found.size()));
    }

    @Override
    public void close() {
        publisher.close();
        swarm.close();
    }
}
