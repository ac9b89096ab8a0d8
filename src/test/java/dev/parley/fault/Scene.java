package dev.parley.fault;

import dev.parley.wire.client.Wire;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;

/** A server in a process of its own, and who has to do with it: one who publishes, many who read, and one who looks at it. */
record Scene(ParleyProcess server, Wire wire, Swarm swarm, Publisher publisher, Vitals vitals)
        implements AutoCloseable {

    /** Peers take it for an end if they are turned away, as a busy server may do; that has tests of its own. */
    private static final String ALL_ARE_LET_IN = "-Dparley.overload-lag=1h";

    /** @param channel that is published to, and read by the peers */
    static Scene start(String channel, String... options) {
        return of(channel, ParleyProcess.start(all(options)));
    }

    /** The same in a Tomcat as it comes, whose threads are platform threads. */
    static Scene startInTomcat(String channel, String... options) {
        return of(channel, ParleyProcess.startInTomcat(all(options)));
    }

    private static String[] all(String... options) {
        return Stream.concat(Stream.of(ParleyProcess.FULL_SPEED, ALL_ARE_LET_IN), Arrays.stream(options))
                .toArray(String[]::new);
    }

    private static Scene of(String channel, ParleyProcess server) {
        var wire = new Wire(server.base());
        return new Scene(
                server, wire, new Swarm(server.port()), new Publisher(wire, channel), new Vitals(server, wire));
    }

    /** A reader of what is published from now on. */
    Peer peer(Carrier carrier, int receiveBuffer, Inbox inbox) {
        return new Peer(carrier, publisher.channel(), publisher.position(), receiveBuffer, inbox);
    }

    /** @throws AssertionError if a peer has seen what must not be */
    boolean isSound() {
        return swarm.isSound();
    }

    /** Waits until the server has forgotten all sessions but the publisher's and at most so many others. */
    void awaitAlone(int others, Duration atMost) {
        Eventually.holds(() -> "alone: " + vitals.sessions(), atMost, () -> {
            publisher.publish(1, 0); // an event stream's end shows when something is written to it
            Vitals.Sessions sessions = vitals.sessions();
            return sessions.sockets() + sessions.streams() <= 1 + others;
        });
    }

    /** Waits until the server has so many sessions, the publisher's among them. */
    void awaitSessions(long sockets, long streams, Duration atMost) {
        var expected = new Vitals.Sessions(sockets, streams);
        Eventually.holds(
                () -> expected + ", but " + vitals.sessions(),
                atMost,
                () -> vitals.sessions().equals(expected));
    }

    /** Waits until the server has no more than so many open files. One more is that of somebody who only looks. */
    void awaitFiles(long files, Duration atMost) {
        Eventually.holds(() -> files + " files, but " + vitals.files(), atMost, () -> vitals.files() <= files + 1);
    }

    @Override
    public void close() {
        swarm.close();
        publisher.close();
        wire.close();
        server.close();
    }
}
