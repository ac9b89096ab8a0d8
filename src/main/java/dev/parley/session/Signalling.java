package dev.parley.session;

import dev.parley.core.Signal;
import dev.parley.core.Signals;
import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.Refused;

/** Passes signals on, no faster from one sender than allowed. */
public final class Signalling {
    private static final int RETRY_SECONDS = 1; // after so long anybody may send again

    private final Signals signals;
    private final Rate rate;

    public Signalling(Signals signals, Rate rate) {
        this.signals = signals;
        this.rate = rate;
    }

    /**
     * @param sender whose rate it counts to: a session or, where there is none, a user
     * @throws Refused if the sender is too fast
     */
    void send(String sender, Signal signal) {
        if (!rate.tryTake(sender)) {
            ErrorCode code = ErrorCode.TOO_MANY_REQUESTS;
            throw new Refused(code, "too many signals", code.httpStatus(), RETRY_SECONDS);
        }
        signals.send(signal);
    }
}
