package dev.parley.redis;

import dev.parley.fault.RedisCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** As {@link RedisBrokerTest}, with Redis Cluster. */
class RedisClusterBrokerTest extends RedisContract {
    private static RedisCluster redis;

    @BeforeAll
    static void start() {
        redis = RedisCluster.start();
    }

    @AfterAll
    static void stop() {
        end();
        redis.close();
    }

    @Override
    Address address() {
        return Address.parse(redis.uri());
    }
}
