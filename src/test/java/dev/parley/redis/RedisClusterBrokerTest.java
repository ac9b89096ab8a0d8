package dev.parley.redis;

import dev.parley.fault.RedisCluster;
import org.junit.jupiter.api.BeforeAll;

/** As {@link RedisBrokerTest}, with Redis Cluster. */
class RedisClusterBrokerTest extends RedisContract {
    private static RedisCluster redis;

    @BeforeAll
    static void start() {
        redis = STARTED.server(RedisCluster.start());
    }

    @Override
    Address address() {
        return Address.parse(redis.uri());
    }
}
