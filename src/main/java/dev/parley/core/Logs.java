package dev.parley.core;

import java.util.Collection;

/** What can be asked of all logs together, and done to them, by who looks after them. May throw {@link LogUnavailable}. */
public interface Logs {
    /** The channels in whose logs something was stored, and perhaps some that are only read. */
    Collection<ChannelName> names();

    /**
     * Drops all that is retained of a channel. Positions go on: a reader that has not got all of it is told so, and what is
     * published next has the next offset. Keys that publishers used are remembered all the same.
     */
    void clear(ChannelName channel);
}
