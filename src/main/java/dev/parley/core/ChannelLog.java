package dev.parley.core;

import java.util.ArrayList;
import java.util.List;

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

    /** The messages after an offset that this log {@link #reaches}. */
    public List<Message> after(long offset, int limit) {
        int count = (int) Math.min(limit, head - offset);
        List<Message> found = new ArrayList<>(count);
        for (long next = offset + 1; next <= offset + count; next++) {
            found.add(ring[slot(next)]);
        }
        return found;
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
