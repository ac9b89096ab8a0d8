package dev.parley.redis;

import java.time.Duration;

/**
 * How a node uses its Redis.
 *
 * @param address see {@link Address#parse}
 * @param prefix what all keys begin with
 * @param timeout so long a request may take; a publish that has not been answered by then has failed
 * @param maxChannels how many channels may have a log at a time, on all nodes together
 */
public record RedisOptions(Address address, String prefix, Duration timeout, int maxChannels) {}
