package dev.parley.session;

import dev.parley.core.ChannelName;
import dev.parley.core.Namespace.SlowReader;
import dev.parley.core.Subscription;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What one session reads. Copied on change: a session reads few channels and looks at them far more often than it changes. */
final class Subscriptions {
    private static final Subscription[] NONE = {};

    private volatile Subscription[] all = NONE;
    private boolean ended; // guarded by this

    /** Those of now. The array must not be changed. */
    Subscription[] all() {
        return all;
    }

    @Nullable
    Subscription find(ChannelName channel) {
        for (Subscription one : all) {
            if (one.channel().equals(channel)) {
                return one;
            }
        }
        return null;
    }

    /** How far the reader is behind in the channel in which it is furthest behind, in messages. */
    long behind() {
        long most = 0;
        for (Subscription one : all) {
            most = Math.max(most, one.behind());
        }
        return most;
    }

    /**
     * Whether a log has moved past the reader that closes those to whom that happens. Asks the logs.
     *
     * @throws dev.parley.core.LogUnavailable that is not known now
     */
    boolean isLost() {
        for (Subscription one : all) {
            if (one.namespace().slowReader() == SlowReader.CLOSE && one.isLost()) {
                return true;
            }
        }
        return false;
    }

    /**
     * Takes a subscription in or, if the session has ended meanwhile, ends it.
     *
     * @return whether it was taken in
     */
    boolean add(Subscription one) {
        synchronized (this) {
            if (!ended) {
                Subscription[] more = Arrays.copyOf(all, all.length + 1);
                more[all.length] = one;
                all = more;
                return true;
            }
        }
        one.leave();
        return false;
    }

    void remove(Subscription one) {
        synchronized (this) {
            all = Arrays.stream(all).filter(other -> other != one).toArray(Subscription[]::new);
        }
        one.leave();
    }

    /** @return those that have been ended by this */
    Subscription[] end() {
        Subscription[] last;
        synchronized (this) {
            ended = true;
            last = all;
            all = NONE;
        }
        for (Subscription one : last) {
            one.leave();
        }
        return last;
    }
}
