package dev.parley.session;

import dev.parley.core.ChannelName;
import dev.parley.core.Namespace.SlowReader;
import dev.parley.core.Subscription;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
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

    /** Takes subscriptions in. @return false if the session has ended meanwhile, and none was */
    synchronized boolean add(List<Subscription> more) {
        if (!ended) {
            all = Stream.concat(Arrays.stream(all), more.stream()).toArray(Subscription[]::new);
        }
        return !ended;
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
