package dev.parley.fake;

import dev.parley.core.Hub;
import dev.parley.session.Rate;
import dev.parley.session.Signalling;

/** Signals on one node, for tests that look at other things. */
public final class Signallings {
    private Signallings() {}

    public static Signalling over(Hub hub) {
        return new Signalling(hub::signal, new Rate(1000, System::nanoTime));
    }
}
