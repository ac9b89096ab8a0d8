package dev.parley.core;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The node's channels: who publishes comes in here, who reads joins here. */
public final class Hub {
    private final Broker broker;
    private final Function<ChannelName, Namespace> namespaces;
    private final Consumer<Round> visitors;
    private final ConcurrentMap<ChannelName, Channel> channels = new ConcurrentHashMap<>();

    /**
     * @param namespaces the rules that a channel goes by
     * @param visitors is given each {@link Round} that is to be made, by the publishing thread
     */
    public Hub(Broker broker, Function<ChannelName, Namespace> namespaces, Consumer<Round> visitors) {
        this.broker = broker;
        this.namespaces = namespaces;
        this.visitors = visitors;
    }

    /** The log itself, for reading without subscribing. */
    public Broker log() {
        return broker;
    }

    /** Stores a message and wakes whoever reads the channel; see {@link Broker#append} for what can go wrong. */
    public Broker.Appended publish(ChannelName channel, Content content, Optional<PublishKey> key) {
        return broker.append(channel, content, key);
    }

    /**
     * Subscribes a reader, which may be woken from now on, also before this returns. Where it begins is asked of the log, as the
     * channel here may not have heard of the newest message yet.
     *
     * @throws LogUnavailable where reading starts cannot be told now
     */
    public Joined subscribe(ChannelName name, Start after, Reader reader) {
        if (!broker.isInTouch()) {
            throw new LogUnavailable("the newest position is not known now");
        }
        Position start = broker.after(name, after, 0).start();
        boolean latest = after instanceof Start.Latest;
        boolean recovered = !(after instanceof Start.At at) || at.position().equals(start);
        boolean promised = recovered && !(after instanceof Start.Earliest);
        while (true) {
            Channel channel =
                    channels.computeIfAbsent(name, n -> new Channel(n, namespaces.apply(n), broker, visitors));
            Subscription subscription = new Subscription(this, channel, reader, promised);
            Position head = joined(channel, subscription, start, latest);
            if (head != null) {
                return new Joined(subscription, head, recovered);
            }
            channels.remove(name, channel); // closed by its last reader just now
        }
    }

    private @Nullable Position joined(Channel channel, Subscription subscription, Position start, boolean latest) {
        try {
            return channel.join(subscription, start, latest);
        } catch (RuntimeException e) {
            channels.remove(channel.name(), channel); // closed, as it cannot be watched
            throw e;
        }
    }

    /** Hands a signal to those who read its channel on this node. */
    public void signal(Signal signal) {
        Channel channel = channels.get(signal.channel());
        if (channel != null) {
            channel.signalled(signal);
        }
    }

    /** The channels that have a reader on this node. */
    public Set<ChannelName> watched() {
        return Set.copyOf(channels.keySet());
    }

    /** How many channels have a reader on this node. */
    public int watchedChannels() {
        return channels.size();
    }

    /** How many read this channel on this node. */
    public int subscribers(ChannelName name) {
        Channel channel = channels.get(name);
        return channel == null ? 0 : channel.subscribers();
    }

    void leave(Subscription subscription, Channel channel) {
        if (channel.leave(subscription)) {
            channels.remove(channel.name(), channel);
            broker.unwatch(channel.name(), channel);
        }
    }

    /**
     * A new subscription.
     *
     * @param head the newest message's position at the moment of joining
     * @param recovered false if a position was asked for and not all that came after it is still there; the reader then starts
     *     with the oldest retained message
     */
    public record Joined(Subscription subscription, Position head, boolean recovered) {}
}
