package dev.parley.redis;

import dev.parley.fault.RedisServer;
import org.junit.jupiter.api.BeforeAll;

class RedisBrokerTest extends RedisContract {
    private static RedisServer redis;

    @BeforeAll
    static void start() {
        redis = STARTED.server(RedisServer.start());
    }

    @Override
    Address address() {
        return Address.parse(redis.uri());
    }
}
