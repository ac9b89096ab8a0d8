package dev.parley.fault;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/**
 * One client of a {@link Swarm}: it reads one channel, answers PINGs, polls again when a poll is answered, and goes on until it
 * is stalled, cut or ended by the server. What it is asks any thread; what it does happens on the swarm's.
 */
final class Peer implements Frames.Owner, Head.Owner {
    private static final int PONG = 10;
    private static final String SUBSCRIBED = "{\"type\":\"subscribed\"";
    private static final String ERROR = "{\"type\":\"error\"";
    private static final String CURSOR = "\"cursor\":\"";

    private enum State {
        CONNECTING,
        /** Connected; the server has not yet said that it reads. */
        ASKING,
        READING,
        ENDED
    }

    private final Carrier carrier;
    private final String channel;
    private final String name; // of one who wants to know who is there, else empty
    private final Inbox inbox;
    private final SocketChannel socket;
    private final Lines lines = new Lines(this::line);
    private String after;
    private Wrapping wrapping = new Head(this);
    private volatile State state = State.CONNECTING;
    private volatile String reply = "";
    private volatile String end = "";
    private volatile boolean mute;

    /** @param receiveBuffer bytes that the system may hold for this client, or 0 for the system's default */
    Peer(Carrier carrier, String channel, String after, int receiveBuffer, Inbox inbox) {
        this(carrier, channel, "", after, receiveBuffer, inbox);
    }

    /** A client of {@link Carrier#WS} that wants to know who is there, and reads what comes next. */
    static Peer member(String channel, String name, Inbox inbox) {
        return new Peer(Carrier.WS, channel, name, "latest", 0, inbox);
    }

    private Peer(Carrier carrier, String channel, String name, String after, int receiveBuffer, Inbox inbox) {
        this.carrier = carrier;
        this.channel = channel;
        this.name = name;
        this.after = after;
        this.inbox = inbox;
        try {
            socket = SocketChannel.open();
            socket.configureBlocking(false);
            socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
            if (receiveBuffer > 0) {
                socket.setOption(StandardSocketOptions.SO_RCVBUF, receiveBuffer);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Carrier carrier() {
        return carrier;
    }

    String channel() {
        return channel;
    }

    Inbox inbox() {
        return inbox;
    }

    /** Whether the server has taken the request; a poll's says nothing before its answer, so it is enough to have asked. */
    boolean isReading() {
        return state == State.READING;
    }

    boolean isEnded() {
        return state == State.ENDED;
    }

    /** The reply to the subscription over {@link Carrier#WS}, else empty. */
    String reply() {
        return reply;
    }

    /** How it ended: {@code closed CODE}, {@code status NUMBER}, {@code refused ERROR}, {@code end} or {@code reset}; else empty. */
    String end() {
        return end;
    }

    /** From now on it answers nothing. */
    void mute() {
        mute = true;
    }

    @Override
    public String toString() {
        return carrier + " " + state + " " + end + " at " + inbox;
    }

    SocketChannel socket() {
        return socket;
    }

    void connected() throws IOException {
        state = carrier == Carrier.POLL ? State.READING : State.ASKING;
        ask();
    }

    /** Takes what has arrived, as much as there is room for. */
    void read(byte[] room) throws IOException {
        int count = socket.read(ByteBuffer.wrap(room));
        if (count < 0) {
            ended("end");
        } else {
            wrapping.take(room, 0, count);
        }
    }

    void ended(String how) {
        boolean first = state != State.ENDED;
        if (first) {
            end = end.isEmpty() ? how : end;
            state = State.ENDED;
        }
        try {
            socket.close();
        } catch (IOException e) {
            // closed enough
        }
        if (first) {
            inbox.ended(end);
        }
    }

    /** Breaks the connection off: the server gets a reset and no close. */
    void cut() {
        try {
            socket.setOption(StandardSocketOptions.SO_LINGER, 0);
        } catch (IOException e) {
            // the server was faster
        }
        ended("cut");
    }

    @Override
    public Wrapping answered(int status, long length) {
        if (status == 101) {
            wrapping = new Frames(lines, this);
            if (carrier == Carrier.WS) {
                write(Carrier.subscription(channel, after, !name.isEmpty()));
            } else {
                state = State.READING;
            }
        } else {
            boolean refused = status != 200;
            if (refused) {
                end = "status " + status;
            }
            state = State.READING;
            wrapping = new Body(length, refused ? new Lines((bytes, from, to) -> {}) : lines, this::bodyEnded);
        }
        return wrapping;
    }

    @Override
    public void pinged(byte[] payload) {
        if (!mute) {
            write(Carrier.frame(PONG, payload));
        }
    }

    @Override
    public void closing(int code) {
        ended("closed " + code);
    }

    private void bodyEnded() {
        if (carrier == Carrier.POLL && end.isEmpty()) {
            wrapping = new Head(this);
            ask();
        } else {
            ended("end");
        }
    }

    private void line(byte[] bytes, int from, int to) {
        if (state == State.ASKING) {
            String text = new String(bytes, from, to - from, UTF_8);
            if (text.startsWith(SUBSCRIBED)) {
                reply = text;
                state = State.READING;
            } else if (text.startsWith(ERROR)) {
                ended("refused " + text);
            }
            return;
        }
        inbox.line(bytes, from, to);
        if (carrier == Carrier.POLL && to > from) {
            String text = new String(bytes, from, to - from, UTF_8);
            int start = text.indexOf(CURSOR) + CURSOR.length();
            after = text.substring(start, text.indexOf('"', start));
        }
    }

    private void ask() {
        write(ByteBuffer.wrap(name.isEmpty() ? carrier.request(channel, after) : Carrier.request(name)));
    }

    /** Requests and pongs are small: the system takes them whole, or the server does not read. */
    private void write(ByteBuffer bytes) {
        try {
            socket.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (bytes.hasRemaining()) {
            throw new AssertionError("the server takes nothing from " + this);
        }
    }

    /** What the swarm is to wait for next, as {@link SelectionKey} names it. */
    int interest() {
        return state == State.CONNECTING ? SelectionKey.OP_CONNECT : SelectionKey.OP_READ;
    }
}
