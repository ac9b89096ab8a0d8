package dev.parley.fake;

import dev.parley.core.Broker;
import dev.parley.core.Content;
import dev.parley.core.Message;
import dev.parley.core.Position;
import dev.parley.core.Signal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** Writes down what it hears, and throws if that is out of order, has a hole, or comes from two threads at once. */
public final class RecordingWatcher implements Broker.Watcher {
    private final List<Message> heard = new ArrayList<>(); // guarded by this
    private final AtomicBoolean busy = new AtomicBoolean();
    private final List<Position> restarts = new ArrayList<>(); // guarded by this
    private final List<Content> signals = new ArrayList<>(); // guarded by this
    private boolean anew; // the next one need not follow; guarded by this
    private int wakes; // guarded by this
    private int unwoken; // reports since the last wake; guarded by this

    @Override
    public void appended(Message message) {
        if (!busy.compareAndSet(false, true)) {
            throw new AssertionError("two reports at once, the second of " + message);
        }
        synchronized (this) {
            if (!heard.isEmpty() && !anew && message.offset() != heard.getLast().offset() + 1) {
                throw new AssertionError(message + " after " + heard.getLast());
            }
            anew = false;
            heard.add(message);
            unwoken++;
        }
        busy.set(false);
    }

    @Override
    public synchronized void restarted(Position from) {
        anew = true;
        restarts.add(from);
    }

    @Override
    public synchronized void signalled(Signal signal) {
        signals.add(signal.content());
    }

    @Override
    public synchronized void wake() {
        wakes++;
        unwoken = 0;
    }

    public synchronized List<Message> heard() {
        return List.copyOf(heard);
    }

    /** The positions after which the log went on with nothing before them. */
    public synchronized List<Position> restarts() {
        return List.copyOf(restarts);
    }

    public synchronized List<Content> signals() {
        return List.copyOf(signals);
    }

    public List<Position> positions() {
        return heard().stream().map(Message::position).toList();
    }

    public synchronized int wakes() {
        return wakes;
    }

    /** How many messages were reported since the last wake. */
    public synchronized int unwoken() {
        return unwoken;
    }
}
