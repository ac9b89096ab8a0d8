package dev.parley.fault.breaking;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The breaking machine on two nodes over Redis. {@link Order} says how to have it run longer, or again. */
class BreakingRedisIT {
    private static final Duration SHORT = Duration.ofSeconds(90);
    private static final int KILLS = 12;

    @Test
    void nothingIsLostOrDoubledWhileNodesAndRedisAreBroken() {
        try (var nodes = new NodesOverRedis(Order.OPTIONS)) {
            Order.given(SHORT, KILLS).run("Two nodes over Redis", nodes);
        }
    }
}
