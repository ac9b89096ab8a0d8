package dev.parley.fault;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.parley.wire.client.Doc;
import dev.parley.wire.client.Json;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A client that comes back by itself, as the protocol asks of clients and as a browser does for an event stream, and so follows one
 * channel over as many connections as it takes. It fails its swarm if it hears a message twice, out of order or not at all, or something
 * at which a client would give up. What it does happens on the swarm's thread; what it is asks any thread.
 */
final class Follower implements Inbox {
    /** Closes after which a client comes back that has done nothing wrong: this node goes, or is overloaded. */
    private static final Set<String> COMES_BACK = Set.of("closed 1012", "closed 1013", "end", "reset");

    private static final Set<String> TRIES_AGAIN = Set.of("status 502", "status 503", "status 504");

    /** Full jitter up to a limit that doubles with each attempt, as {@code backoff.js} has it. In milliseconds. */
    private static final long FIRST_LIMIT = 500;

    private static final long LAST_LIMIT = 5000;

    private final Swarm swarm;
    private final Carrier carrier;
    private final String channel;
    private final Moments comings;
    private volatile Peer peer;
    private volatile long heard;
    private String position; // the swarm's own, as are all that follow
    private int attempt;
    private long reconnect = -1; // ms, as the server last said; -1 if it did not
    private long data; // of the event that is being read; 0 if it has none yet
    private String id = "";
    private boolean serverEvent;

    /**
     * @param position after which it reads
     * @param heard the number of the message at this position
     */
    Follower(Swarm swarm, Carrier carrier, String channel, String position, long heard, Moments comings) {
        this.swarm = swarm;
        this.carrier = carrier;
        this.channel = channel;
        this.position = position;
        this.heard = heard;
        this.comings = comings;
        this.peer = next();
    }

    /** Its connection now. */
    Peer peer() {
        return peer;
    }

    String channel() {
        return channel;
    }

    /** The number of the last message. */
    long heard() {
        return heard;
    }

    @Override
    public void line(byte[] bytes, int from, int to) {
        String line = new String(bytes, from, to - from, UTF_8);
        attempt = 0;
        switch (carrier) {
            case WS, CHAT -> frame(Doc.read(line));
            case SSE -> eventLine(line);
            case POLL -> page(line);
        }
    }

    @Override
    public void ended(String how) {
        boolean again = how.startsWith("refused ") && how.contains("\"retry\":true") || TRIES_AGAIN.contains(how);
        if (how.equals("cut")) {
            return; // by the test
        }
        if (carrier == Carrier.SSE ? !how.equals("end") && !how.equals("reset") : !again && !COMES_BACK.contains(how)) {
            throw new AssertionError(this + " gives up: " + how);
        }
        long delay = reconnect >= 0
                ? reconnect
                : ThreadLocalRandom.current().nextLong(Math.min(LAST_LIMIT, FIRST_LIMIT << Math.min(attempt, 10)));
        attempt++;
        if (carrier != Carrier.SSE) { // an EventSource keeps what it was told
            reconnect = -1;
        }
        data = 0;
        id = "";
        if (attempt == 1) {
            comings.note(Duration.ofMillis(delay));
        }
        swarm.connect(this::comeBack, Duration.ofMillis(delay));
    }

    @Override
    public String toString() {
        return carrier + " on " + channel + " after number " + heard + ", connection " + peer.end();
    }

    private Peer comeBack() {
        peer = next();
        return peer;
    }

    private Peer next() {
        return new Peer(carrier, channel, position, 0, this);
    }

    private void frame(Doc frame) {
        switch (frame.type()) {
            case "message" -> message(frame);
            case "closing" -> reconnect = frame.number("reconnect");
            case "ping" -> {}
            default -> throw new AssertionError(this + " was sent " + frame);
        }
    }

    private void page(String line) {
        Doc page = Doc.read(line);
        if (!page.flag("recovered")) {
            throw new AssertionError(this + " was not recovered: " + line);
        }
        page.docs("messages").forEach(this::message);
        position = page.text("cursor");
    }

    private void message(Doc message) {
        hear(Publisher.number(message.text("data")));
        position = message.text("position");
    }

    /** As the HTML standard has it: what comes before an empty line counts when that has come. */
    private void eventLine(String line) {
        if (line.isEmpty()) {
            dispatch();
        } else if (line.startsWith("retry: ")) {
            reconnect = Long.parseLong(line.substring("retry: ".length()));
        } else if (line.startsWith("id: ")) {
            id = line.substring("id: ".length());
        } else if (line.startsWith("event: ")) {
            serverEvent = true;
            if (!line.equals("event: parley.closing")) {
                throw new AssertionError(this + " was sent " + line);
            }
        } else if (line.startsWith("data: ") && !serverEvent) {
            data = Publisher.number((String) Json.read(line.substring("data: ".length())));
        }
    }

    private void dispatch() {
        if (data > 0) {
            hear(data);
        }
        if (!id.isEmpty()) {
            position = id;
        }
        data = 0;
        id = "";
        serverEvent = false;
    }

    private void hear(long number) {
        if (number != heard + 1) {
            throw new AssertionError(this + " heard " + number);
        }
        heard = number;
    }
}
