package dev.parley.core;

import java.util.function.DoubleSupplier;

/**
 * What a node tells an operator of its work. Called by any thread, also on the way of every delivery: an implementation must be cheap
 * and must not block. All words are from closed sets, never the name of a channel or a user.
 */
public interface Metrics {
    /** Tells nobody. */
    Metrics NONE = new Metrics() {};

    /** Work whose time is worth knowing, because somebody waits for it. */
    enum Work {
        /** From the first message that waits for a commit of the log on disk until it is stored. */
        JOURNAL_COMMIT,
        /** Forcing what was committed onto the device. */
        JOURNAL_FORCE,
        /** Reading a page of older messages from disk. */
        JOURNAL_READ,
        /** Storing and announcing one message in Redis. */
        REDIS_APPEND,
        /** Reading a page of messages from Redis. */
        REDIS_READ
    }

    /** What happens on connections of one transport. To be asked for once and kept. */
    default Traffic traffic(String transport) {
        return Traffic.NONE;
    }

    /** A client was not taken in. */
    default void refused(String reason) {}

    /** @param size of the data, in characters */
    default void published(int size) {}

    /**
     * A reader came with a position.
     *
     * @param recovered whether all that it had missed was still there
     */
    default void replayed(boolean recovered) {}

    /** @param nanos that it took */
    default void took(Work work, long nanos) {}

    default void failed(Work work) {}

    /**
     * A value that is read whenever somebody asks for it.
     *
     * @param name in the form {@code parley.log.bytes}, with its unit at the end
     */
    default void gauge(String name, String meaning, DoubleSupplier value) {}

    /** One transport's part. */
    interface Traffic {
        Traffic NONE = new Traffic() {};

        default void opened() {}

        /** What stands for a code where the client left, or vanished, by itself. */
        int BY_CLIENT = 0;

        /** @param code with which the server closed it, or {@link #BY_CLIENT} */
        default void closed(int code, long lifetimeMillis) {}

        /** @param size in characters or bytes */
        default void received(int size) {}

        /**
         * One write has gone out.
         *
         * @param size in characters or bytes
         */
        default void written(int messages, int size) {}

        /**
         * One write out of several, looked at more closely.
         *
         * @param messages in it
         * @param delayMillis since the first of them was published
         */
        default void sampled(int messages, long delayMillis) {}
    }
}
