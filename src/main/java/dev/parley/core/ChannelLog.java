package dev.parley.core;

import java.util.List;
import java.util.Optional;

/**
 * The retained end of one channel's log, in memory: dense offsets, the oldest dropped first. A ring that grows with what it
 * holds. Its owner provides the locking.
 */
public final class ChannelLog {
    private static final int FIRST_CAPACITY = 8;

    private final String epoch;
    private Message[] ring = new Message[FIRST_CAPACITY]; // the message with offset o stands at o % length
    private long head;
    private int size;
    private long weight;

    /** @param head the offset of the newest message that lies before the first one to be appended */
    public ChannelLog(Position head) {
        this.epoch = head.epoch();
        this.head = head.offset();
    }

    public Position head() {
        return new Position(epoch, head);
    }

    /** The position just before the oldest retained message: from here on reading misses nothing. */
    public Position base() {
        return new Position(epoch, head - size);
    }

    public boolean isEmpty() {
        return size == 0;
    }

    public int size() {
        return size;
    }

    /** Whether all that came after this position is still here. */
    public boolean reaches(Position position) {
        return position.epoch().equals(epoch) && position.offset() >= head - size && position.offset() <= head;
    }

    /** @throws IllegalArgumentException if the message is not the next one */
    public void append(Message message) {
        if (message.offset() != head + 1 || !message.position().epoch().equals(epoch)) {
            throw new IllegalArgumentException(message + " does not follow " + head());
        }
        if (size == ring.length) {
            grow();
        }
        head++;
        size++;
        weight += message.content().weight();
        ring[slot(head)] = message;
    }

    /** Drops the oldest messages until the limits hold; {@code notBefore} is in milliseconds since 1970. */
    public void trim(int count, long maxWeight, long notBefore) {
        while (size > 0 && (size > count || weight > maxWeight || oldest().time() < notBefore)) {
            int slot = slot(head - size + 1);
            weight -= oldest().content().weight();
            ring[slot] = null;
            size--;
        }
    }

    public Message oldest() {
        return ring[slot(head - size + 1)];
    }

    /**
     * The messages after an offset that this log {@link #reaches}, oldest first.
     *
     * @param limit at most so many
     * @param weight no more once so many bytes are reached, as {@link Content#weight} counts; always one message, whatever it weighs
     */
    public List<Message> after(long offset, int limit, long weight) {
        long most = Math.min(limit, head - offset);
        int count = 0;
        for (long sum = 0; count < most && (sum < weight || count == 0); count++) {
            sum += at(offset + 1 + count).content().weight();
        }
        return range(offset + 1, count);
    }

    /** The newest messages before an offset, oldest first; bounded as those {@link #after}. */
    public List<Message> before(long offset, int limit, long weight) {
        long newest = Math.min(offset - 1, head);
        long most = Math.min(limit, newest - (head - size));
        int count = 0;
        for (long sum = 0; count < most && (sum < weight || count == 0); count++) {
            sum += at(newest - count).content().weight();
        }
        return range(newest - count + 1, count);
    }

    /** The message that so many came after, if it is retained. */
    Optional<Message> fromNewest(int later) {
        return later < size ? Optional.of(at(head - later)) : Optional.empty();
    }

    private List<Message> range(long first, int count) {
        if (count == 1) {
            return List.of(at(first)); // what a live reader mostly takes
        }
        Message[] found = new Message[count];
        for (int i = 0; i < count; i++) {
            found[i] = at(first + i);
        }
        return List.of(found);
    }

    private Message at(long offset) {
        return ring[slot(offset)];
    }

    private int slot(long offset) {
        return (int) (offset & (ring.length - 1)); // the length is a power of two
    }

    private void grow() {
        Message[] old = ring;
        ring = new Message[old.length * 2];
        for (long offset = head - size + 1; offset <= head; offset++) {
            ring[slot(offset)] = old[(int) (offset & (old.length - 1))];
        }
    }
}
