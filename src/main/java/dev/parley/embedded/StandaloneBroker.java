package dev.parley.embedded;

import dev.parley.core.Broker;
import dev.parley.core.ChannelName;
import dev.parley.core.Content;
import dev.parley.core.Logs;
import dev.parley.core.Message;
import dev.parley.core.Metrics;
import dev.parley.core.Namespace;
import dev.parley.core.Position;
import dev.parley.core.PublishKey;
import dev.parley.core.Slice;
import dev.parley.core.Start;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The logs of a node that stands alone: those of durable namespaces on disk, all others in memory. */
public final class StandaloneBroker implements Broker, Logs {
    private final Function<ChannelName, Namespace> namespaces;
    private final DurableBroker durable;
    private final EmbeddedBroker memory;

    /**
     * Opens the durable logs as {@link DurableBroker#open} does.
     *
     * @param maxChannels how many channels may have something stored at a time, of each kind
     * @param metrics must not throw
     * @throws UnusableData the folder cannot be used, or another process uses it
     */
    public static StandaloneBroker open(
            Path folder,
            Function<ChannelName, Namespace> namespaces,
            int maxChannels,
            InstantSource clock,
            Metrics metrics) {
        return new StandaloneBroker(
                namespaces,
                DurableBroker.open(folder, namespaces, maxChannels, clock, metrics),
                new EmbeddedBroker(namespaces, maxChannels, clock));
    }

    private StandaloneBroker(
            Function<ChannelName, Namespace> namespaces, DurableBroker durable, EmbeddedBroker memory) {
        this.namespaces = namespaces;
        this.durable = durable;
        this.memory = memory;
    }

    @Override
    public Set<ChannelName> names() {
        Set<ChannelName> names = new HashSet<>(durable.names());
        names.addAll(memory.names());
        return names;
    }

    @Override
    public void clear(ChannelName channel) {
        if (namespaces.apply(channel).durable()) {
            durable.clear(channel);
        } else {
            memory.clear(channel);
        }
    }

    private Broker of(ChannelName channel) {
        return namespaces.apply(channel).durable() ? durable : memory;
    }

    @Override
    public Appended append(ChannelName channel, Content content, Optional<PublishKey> key) {
        return of(channel).append(channel, content, key);
    }

    @Override
    public Slice after(ChannelName channel, Start after, int limit) {
        return of(channel).after(channel, after, limit);
    }

    @Override
    public Slice before(ChannelName channel, Start before, int limit) {
        return of(channel).before(channel, before, limit);
    }

    @Override
    public Optional<Message> at(ChannelName channel, Position position) {
        return of(channel).at(channel, position);
    }

    @Override
    public Position watch(ChannelName channel, Watcher watcher) {
        return of(channel).watch(channel, watcher);
    }

    @Override
    public void unwatch(ChannelName channel, Watcher watcher) {
        of(channel).unwatch(channel, watcher);
    }

    /** See {@link EmbeddedBroker#sweep}; the logs on disk are swept by a thread of their own. */
    public void sweep() {
        memory.sweep();
    }

    /** How many channels have something stored, or had it not long ago. */
    public int channels() {
        return durable.channels() + memory.channels();
    }

    /** See {@link DurableBroker#messages}. */
    public long messages() {
        return durable.messages();
    }

    /** See {@link DurableBroker#bytes}. */
    public long bytes() {
        return durable.bytes();
    }

    @Override
    public boolean isAvailable() {
        return durable.isAvailable() && memory.isAvailable();
    }

    @Override
    public String trouble() {
        return durable.trouble();
    }

    @Override
    public void close() {
        memory.close();
        durable.close();
    }
}
