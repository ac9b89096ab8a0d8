package dev.parley.fake;

import dev.parley.core.Round;
import java.util.function.Consumer;

/** Who visits the readers of a channel in a test that has no threads for it. */
public final class Visits {
    /** The publisher, before its publish returns. */
    public static final Consumer<Round> AT_ONCE = round -> {
        while (!round.isOver()) {
            round.visit(Integer.MAX_VALUE);
        }
    };

    private Visits() {}
}
