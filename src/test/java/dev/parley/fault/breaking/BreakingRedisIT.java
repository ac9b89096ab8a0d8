package dev.parley.fault.breaking;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The breaking machine on two nodes over Redis. {@link Order} says how to have it run longer, or again. */
@org.junit.jupiter.api.Order(1) // the longest
class BreakingRedisIT {
    private static final Duration SHORT = Duration.ofSeconds(60);
    private static final int KILLS = 9;

    @Test
    void nothingIsLostOrDoubledWhileNodesAndRedisAreBroken() {
        try (var nodes = new NodesOverRedis(Order.OPTIONS)) {
            Order.given(SHORT, KILLS).run("Two nodes over Redis", nodes);
        }
    }
}
