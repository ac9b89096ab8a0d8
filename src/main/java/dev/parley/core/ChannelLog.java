package dev.parley.core;

import java.util.List;
import java.util.Optional;

/**
 * The retained end of one channel's log, in memory: rising offsets, the oldest dropped first. The newest message ever appended is
 * among what is retained, if anything is. Its owner provides the locking.
 */
public abstract sealed class ChannelLog permits DenseLog, CompactLog {
    private final String epoch;
    long head; // offset of the newest message; written here alone
    private long base;
    private long weight;

    ChannelLog(Position head) {
        this.epoch = head.epoch();
        this.base = head.offset();
        this.head = head.offset();
    }

    /**
     * An empty log of the kind that a namespace asks for.
     *
     * @param head the newest message that lies before the first one to be appended
     */
    public static ChannelLog from(Position head, Namespace rules) {
        return rules.compact() ? new CompactLog(head) : new DenseLog(head);
    }

    public final Position head() {
        return new Position(epoch, head);
    }

    /** From here on reading misses nothing: what lies between it and the oldest retained message was superseded. */
    public final Position base() {
        return new Position(epoch, base);
    }

    public final boolean isEmpty() {
        return size() == 0;
    }

    /** How many messages are retained. */
    public abstract int size();

    /** Whether all that came after this position is still here, or superseded by what is. */
    public final boolean reaches(Position position) {
        return position.epoch().equals(epoch) && position.offset() >= base && position.offset() <= head;
    }

    /**
     * Adds a message after all others.
     *
     * @return the one that it supersedes, if any
     * @throws IllegalArgumentException if the message does not follow the head
     */
    public final Optional<Message> append(Message message) {
        if (!follows(message.offset()) || !message.position().epoch().equals(epoch)) {
            throw new IllegalArgumentException(message + " does not follow " + head());
        }
        Optional<Message> superseded = add(message);
        head = message.offset();
        weight += message.content().weight();
        if (superseded.isPresent()) {
            weight -= superseded.get().content().weight();
        }
        return superseded;
    }

    /** Drops the oldest messages until the limits hold; {@code notBefore} is in milliseconds since 1970. */
    public final void trim(int count, long maxWeight, long notBefore) {
        while (!isEmpty() && (size() > count || weight > maxWeight || oldest().time() < notBefore)) {
            Message dropped = removeOldest();
            weight -= dropped.content().weight();
            base = dropped.offset();
        }
    }

    /** To be asked only if the log is not empty. */
    public abstract Message oldest();

    /** The message at this position, if it is retained. */
    public final Optional<Message> at(Position position) {
        return position.epoch().equals(epoch) ? find(position.offset()) : Optional.empty();
    }

    /**
     * The messages after an offset that this log {@link #reaches}, oldest first.
     *
     * @param limit at most so many
     * @param weight no more once so many bytes are reached, as {@link Content#weight} counts; always one message, whatever it weighs
     */
    public abstract List<Message> after(long offset, int limit, long weight);

    /** The newest messages before an offset, oldest first; bounded as those {@link #after}. */
    public abstract List<Message> before(long offset, int limit, long weight);

    /** Whether a message with this offset may be appended. */
    abstract boolean follows(long offset);

    /** Before the head is moved. @return the message that it supersedes and that is removed, if any */
    abstract Optional<Message> add(Message message);

    abstract Message removeOldest();

    abstract Optional<Message> find(long offset);
}
