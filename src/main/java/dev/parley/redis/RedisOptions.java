package dev.parley.redis;

import dev.parley.core.Namespace;
import java.time.Duration;
import java.util.Map;

/**
 * How a node uses its Redis.
 *
 * @param address see {@link Address#parse}
 * @param prefix what all keys begin with
 * @param timeout so long a request may take; a publish that has not been answered by then has failed
 * @param maxChannels how many channels may have a log at a time, on all nodes together
 * @param namespaces the rules by namespace, as all nodes must have them; a node that has others is warned of
 */
public record RedisOptions(
        Address address, String prefix, Duration timeout, int maxChannels, Map<String, Namespace> namespaces) {
    public RedisOptions {
        namespaces = Map.copyOf(namespaces);
    }

    /** With rules that no other node is asked about. */
    public RedisOptions(Address address, String prefix, Duration timeout, int maxChannels) {
        this(address, prefix, timeout, maxChannels, Map.of());
    }
}
