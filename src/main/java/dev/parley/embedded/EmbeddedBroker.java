package dev.parley.embedded;

import dev.parley.core.Broker;
import dev.parley.core.ChannelLimit;
import dev.parley.core.ChannelName;
import dev.parley.core.Content;
import dev.parley.core.LogUnavailable;
import dev.parley.core.Logs;
import dev.parley.core.Message;
import dev.parley.core.Namespace;
import dev.parley.core.Position;
import dev.parley.core.PublishKey;
import dev.parley.core.Slice;
import dev.parley.core.Start;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;

/**
 * The logs of a node that stands alone, in memory: they end with the process, and the next one's positions have another epoch.
 *
 * <p>A channel takes memory while something is stored in it or somebody watches it; reading a name that nobody has published to
 * leaves nothing behind.
 */
public final class EmbeddedBroker implements Broker, Logs {
    private final Function<ChannelName, Namespace> namespaces;
    private final InstantSource clock;
    private final Places places;
    private final Epochs epochs = new Epochs();
    private final ConcurrentMap<ChannelName, MemoryLog> logs = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /**
     * @param namespaces the rules that a channel goes by; asked once in the life of a log
     * @param maxChannels how many channels may have something stored at a time
     */
    public EmbeddedBroker(Function<ChannelName, Namespace> namespaces, int maxChannels, InstantSource clock) {
        this.namespaces = namespaces;
        this.clock = clock;
        this.places = new Places(maxChannels);
    }

    @Override
    public Appended append(ChannelName channel, Content content, Optional<PublishKey> key) {
        if (closed) {
            throw new LogUnavailable("the log is closed", new IllegalStateException("closed"));
        }
        while (true) {
            MemoryLog log = logOf(channel);
            try {
                Appended appended = log.append(content, key, clock.millis());
                if (appended != null) {
                    return appended;
                }
            } catch (ChannelLimit full) {
                removeIfForgotten(channel, log);
                throw full;
            }
            logs.remove(channel, log);
        }
    }

    @Override
    public Slice after(ChannelName channel, Start after, int limit) {
        MemoryLog log = logs.get(channel);
        Slice slice = log == null ? null : log.after(after, limit, clock.millis());
        return slice == null ? nothing(channel) : slice;
    }

    @Override
    public Slice before(ChannelName channel, Start before, int limit) {
        MemoryLog log = logs.get(channel);
        Slice slice = log == null ? null : log.before(before, limit, clock.millis());
        return slice == null ? nothing(channel) : slice;
    }

    @Override
    public Optional<Message> at(ChannelName channel, Position position) {
        MemoryLog log = logs.get(channel);
        return log == null ? Optional.empty() : Optional.ofNullable(log.at(position, clock.millis()));
    }

    @Override
    public Set<ChannelName> names() {
        return Set.copyOf(logs.keySet());
    }

    @Override
    public void clear(ChannelName channel) {
        MemoryLog log = logs.get(channel);
        if (log != null) {
            log.clear();
        }
    }

    @Override
    public Position watch(ChannelName channel, Watcher watcher) {
        while (true) {
            MemoryLog log = logOf(channel);
            Position head = log.watch(watcher);
            if (head != null) {
                return head;
            }
            logs.remove(channel, log);
        }
    }

    @Override
    public void unwatch(ChannelName channel, Watcher watcher) {
        MemoryLog log = logs.get(channel);
        if (log != null) {
            log.unwatch(watcher, clock.millis());
            removeIfForgotten(channel, log);
        }
    }

    /**
     * Drops what is older than its namespace keeps it, also in channels that nobody uses, and forgets the channels that are empty
     * then. To be called every few seconds; costs a lock and a look per channel, and holds up one channel at a time.
     */
    public void sweep() {
        long now = clock.millis();
        logs.forEach((channel, log) -> {
            log.sweep(now);
            removeIfForgotten(channel, log);
        });
    }

    /** How many channels have something stored, or had it not long ago. */
    public int channels() {
        return places.taken();
    }

    @Override
    public boolean isAvailable() {
        return !closed;
    }

    /** Refuses publishes from now on. What is stored can be read as long as this object lives. */
    @Override
    public void close() {
        closed = true;
    }

    /** How many logs take memory: those of {@link #channels} and those that are only watched. */
    int logs() {
        return logs.size();
    }

    private MemoryLog logOf(ChannelName channel) {
        MemoryLog known = logs.get(channel); // first, as the other takes a lock and makes a function
        return known != null
                ? known
                : logs.computeIfAbsent(channel, name -> new MemoryLog(name, namespaces.apply(name), epochs, places));
    }

    private void removeIfForgotten(ChannelName channel, MemoryLog log) {
        if (log.isForgotten()) {
            logs.remove(channel, log);
        }
    }

    private Slice nothing(ChannelName channel) {
        Position beginning = epochs.beginning(channel);
        return new Slice(beginning, List.of(), beginning, false);
    }
}
