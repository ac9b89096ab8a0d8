package dev.parley.redis;

import io.lettuce.core.RedisURI;
import io.lettuce.core.cluster.RedisClusterURIUtil;
import java.net.URI;
import java.util.List;

/** Where Redis is: one server, one behind Sentinel, or a cluster. */
public final class Address {
    private final List<RedisURI> servers;
    private final boolean cluster;

    private Address(List<RedisURI> servers, boolean cluster) {
        this.servers = List.copyOf(servers);
        this.cluster = cluster;
    }

    /**
     * Reads {@code redis://[[user:]password@]host[:port][/database]}, {@code rediss://} for TLS,
     * {@code redis-sentinel://[password@]host[:port],host…[/database]#master}, and
     * {@code redis-cluster://[[user:]password@]host[:port],host…} ({@code rediss-cluster://}) with some of a cluster's servers.
     *
     * @throws IllegalArgumentException for anything else
     */
    public static Address parse(String text) {
        if (text.startsWith("redis-cluster://") || text.startsWith("rediss-cluster://")) {
            return new Address(RedisClusterURIUtil.toRedisURIs(URI.create(text.replaceFirst("-cluster", ""))), true);
        }
        return new Address(List.of(RedisURI.create(text)), false);
    }

    boolean isCluster() {
        return cluster;
    }

    /** The command by which scripts announce. In a cluster an announcement stays within the shard that has the channel. */
    String publish() {
        return cluster ? "SPUBLISH" : "PUBLISH";
    }

    /** For {@link #isCluster} some of its servers, else one, which may stand for its sentinels. */
    List<RedisURI> servers() {
        return servers;
    }

    /** Without any password. */
    @Override
    public String toString() {
        return String.join(",", servers.stream().map(RedisURI::toString).toList());
    }
}
