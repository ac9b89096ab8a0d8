package dev.parley.fake;

import dev.parley.core.Message;
import dev.parley.protocol.CloseCode;
import dev.parley.protocol.Frame;
import dev.parley.protocol.JsonCodec;
import dev.parley.session.Transport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Writes down what a session's client would get: a {@link Frame} as it is, a message as the text of its data. Throws if two
 * threads write at once, or if it is closed twice.
 */
public final class RecordingTransport implements Transport {
    private final AtomicBoolean busy = new AtomicBoolean();
    private final List<List<Object>> writes = new ArrayList<>(); // guarded by this, as is all below
    private List<Object> added = new ArrayList<>();
    private int gathered;
    private int pings;
    private @Nullable CloseCode closed;
    private boolean broken;
    private @Nullable Runnable meanwhile;
    private Runnable whileClosing = () -> {};

    /** What happens during the next write, as if that took some time. */
    public synchronized void duringNextWrite(Runnable act) {
        meanwhile = act;
    }

    /** What happens while the connection is closed. */
    public synchronized void whileClosing(Runnable act) {
        whileClosing = act;
    }

    /** From now on every write fails. */
    public synchronized void breakOff() {
        broken = true;
    }

    @Override
    public synchronized void add(Frame frame) {
        added.add(frame);
        gathered += JsonCodec.text(frame).length();
    }

    @Override
    public synchronized void add(Message message) {
        added.add(message.content().data());
        gathered += message.as(JsonCodec.MESSAGE).length();
    }

    @Override
    public synchronized int gathered() {
        return gathered;
    }

    @Override
    public void flush() throws IOException {
        List<Object> write = takeAdded();
        write(() -> writes.add(List.copyOf(write)));
    }

    @Override
    public void ping() throws IOException {
        write(() -> pings++);
    }

    @Override
    public synchronized void close(CloseCode code) {
        if (closed != null) {
            throw new AssertionError("closed with " + code + " after " + closed);
        }
        closed = code;
        whileClosing.run();
    }

    @Override
    public void cut(CloseCode code) {
        close(code);
    }

    /** What was written, one list for each write. */
    public synchronized List<List<Object>> writes() {
        return List.copyOf(writes);
    }

    /** All that was written since this was last asked. */
    public synchronized List<Object> take() {
        List<Object> all = writes.stream().flatMap(List::stream).toList();
        writes.clear();
        return all;
    }

    public synchronized int pings() {
        return pings;
    }

    /** How the connection was ended from this side. */
    public synchronized Optional<CloseCode> closed() {
        return Optional.ofNullable(closed);
    }

    private synchronized List<Object> takeAdded() {
        List<Object> write = added;
        added = new ArrayList<>();
        gathered = 0;
        return write;
    }

    private void write(Runnable record) throws IOException {
        if (!busy.compareAndSet(false, true)) {
            throw new AssertionError("two writes at once");
        }
        takeMeanwhile().run();
        synchronized (this) {
            if (broken) {
                throw new IOException("broken off");
            }
            record.run();
        }
        busy.set(false);
    }

    private synchronized Runnable takeMeanwhile() {
        Runnable act = meanwhile;
        meanwhile = null;
        return act == null ? () -> {} : act;
    }
}
