package dev.parley.fault.breaking;

import java.util.List;
import java.util.random.RandomGenerator;

/** Where clients come in: a relay in front of each node. Any of them will do for anything. */
record Doors(List<Relay> relays) {
    Doors {
        relays = List.copyOf(relays);
    }

    /** The port of one of them. */
    int any(RandomGenerator random) {
        return relays.get(random.nextInt(relays.size())).port();
    }
}
