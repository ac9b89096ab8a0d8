package dev.parley.core;

import java.util.Optional;

/**
 * Where logs live. One contract suite judges every implementation.
 *
 * <p>A channel needs no creation: one never published to has an empty log with a position of its own.
 *
 * <p>Any method may block for storage or a network and throw {@link LogUnavailable}.
 */
public interface Broker extends AutoCloseable {
    /**
     * Stores a message at the end of a channel's log, as durably as its namespace promises. The channel's watcher hears of it
     * soon, perhaps before this returns.
     *
     * @throws LogUnavailable nothing was stored, or one cannot know; a retry with the same key settles it
     * @throws ChannelLimit the channel would be one too many; nothing was stored
     */
    Appended append(ChannelName channel, Content content, Optional<PublishKey> key);

    /**
     * The messages after {@code after}, oldest first.
     *
     * @param limit at most so many messages; 0 tells where reading would start
     */
    Slice after(ChannelName channel, Start after, int limit);

    /** The newest {@code limit} messages before {@code before}, oldest first; {@code start} is not told for these. */
    Slice before(ChannelName channel, Start before, int limit);

    /** The retained message at this position. */
    Optional<Message> at(ChannelName channel, Position position);

    /**
     * Reports each message stored from now on, in log order and without a hole, but for those that were superseded before they
     * could be reported. A channel has one watcher at a time: a new one takes the place of the old.
     *
     * @return the head: every later message is reported
     */
    Position watch(ChannelName channel, Watcher watcher);

    /** Ends the reports to this watcher; without effect if another one has taken its place. */
    void unwatch(ChannelName channel, Watcher watcher);

    /** Whether a publish would find the log now. */
    boolean isAvailable();

    /** What is wrong when {@link #isAvailable} says no, for an operator: one line that begins with what to look at. */
    default String trouble() {
        return "the log cannot be written";
    }

    /**
     * Whether watchers hear of what is stored. If not, what they heard last may not be the newest, and whoever asks for the newest
     * is to be told that it cannot be had. Cheap.
     */
    default boolean isInTouch() {
        return true;
    }

    @Override
    void close();

    /**
     * A stored message's place.
     *
     * @param duplicate whether this publisher had used this key before; the position is then the first message's
     */
    record Appended(Position position, boolean duplicate) {}

    /** Hears of stored messages. */
    interface Watcher {
        /** Called in log order, one call at a time, perhaps under the log's lock: must be brief and must not block. */
        void appended(Message message);

        /**
         * What is reported next follows this position, and not what was reported last: the log has begun another life, or lost
         * what lies between, or was cleared. Nothing older is retained. Called as {@link #appended} is.
         */
        default void restarted(Position from) {}

        /** Called under no lock after one or more messages were reported. */
        void wake();

        /** A signal has come from a node, this one or another. Called under no lock, must not block. */
        default void signalled(Signal signal) {}
    }
}
