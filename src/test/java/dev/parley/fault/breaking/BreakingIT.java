package dev.parley.fault.breaking;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The breaking machine on one node with its log on disk. {@link Order} says how to have it run longer, or again. */
@org.junit.jupiter.api.Order(1) // the longest
class BreakingIT {
    private static final Duration SHORT = Duration.ofSeconds(55);
    private static final int KILLS = 9;

    @Test
    void nothingIsLostOrDoubledWhileOneNodeIsBroken() {
        try (var node = new LoneNode(Order.OPTIONS)) {
            Order.given(SHORT, KILLS).run("One node, its log on disk", node);
        }
    }
}
