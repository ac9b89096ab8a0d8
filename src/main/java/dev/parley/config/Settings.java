package dev.parley.config;

import dev.parley.core.ChannelName;
import dev.parley.core.Namespace;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * All settings of a node. {@code config/parley.properties} lists them with their keys and defaults.
 *
 * @param node this node's name, told in every HTTP answer
 * @param origins web origins beside the server's own from which browsers may come; {@code *} stands for any
 * @param data the folder of all that outlives the process
 * @param echo whether {@code /echo} exists
 * @param compression whether WebSockets are compressed where client and container can
 * @param compressionThreshold messages of fewer bytes are not compressed
 * @param adminKey what administrators show as {@code Authorization: Bearer}; empty if there are none
 * @param redis the log that many nodes share
 * @param limits how much a client may ask for
 * @param deadlines how long things may take
 * @param presence how it is told who is on a channel
 * @param overload from where on no new clients are taken in
 * @param namespaces the rules by namespace; {@code default} holds for those not named
 */
public record Settings(
        String node,
        List<String> origins,
        Path data,
        boolean echo,
        boolean compression,
        int compressionThreshold,
        String adminKey,
        Redis redis,
        Limits limits,
        Deadlines deadlines,
        Presence presence,
        Overload overload,
        Map<String, Namespace> namespaces) {
    public Settings {
        origins = List.copyOf(origins);
        namespaces = Map.copyOf(namespaces);
    }

    /**
     * @param messageSize of one message's data, in bytes of UTF-8
     * @param frameSize of one text frame sent to {@code /ws}, in characters
     * @param commandBacklog of what one WebSocket has sent and waits for what it sent before, in characters or bytes
     * @param nameLength of a nickname and of an event's name, in characters
     * @param channelsPerSession that one session may be subscribed to
     * @param connections open at one time, all transports together
     * @param channels that have a log at one time
     * @param signals from one session or user in a second
     * @param batch messages in one batch
     * @param batchSize of one batch, in bytes
     */
    public record Limits(
            int messageSize,
            int frameSize,
            int commandBacklog,
            int nameLength,
            int channelsPerSession,
            int connections,
            int channels,
            int signals,
            int batch,
            int batchSize) {}

    /**
     * @param address as {@code parley.redis} has it; empty where the node keeps its own log
     * @param prefix what all keys there begin with
     * @param timeout so long a request may take
     */
    public record Redis(String address, String prefix, Duration timeout) {}

    /**
     * @param heartbeat after so long a silence something is sent on every connection
     * @param pong so long after a WebSocket PING a sign of life must have come
     * @param write so long one write may take
     * @param drain over so long a stopping node sends its clients away
     */
    public record Deadlines(Duration heartbeat, Duration pong, Duration write, Duration drain) {}

    /**
     * @param grace how long a client that broke off counts as being there
     * @param lease how long a reader that polls counts as being there after its last request
     * @param interval what changes meanwhile is told together
     * @param members how many are listed at most
     * @param pushes how many changes are told on a channel in an interval, to all its readers together
     */
    public record Presence(Duration grace, Duration lease, Duration interval, int members, int pushes) {}

    /**
     * @param heap so much of the heap may be in use after a collection, in percent
     * @param lag so long may a writer wait for its turn
     */
    public record Overload(int heap, Duration lag) {}

    public Namespace namespace(ChannelName channel) {
        Namespace own = namespaces.get(channel.namespace());
        return own != null ? own : namespaces.getOrDefault(ChannelName.DEFAULT_NAMESPACE, Namespace.DEFAULT);
    }
}
