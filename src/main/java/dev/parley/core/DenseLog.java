package dev.parley.core;

import java.util.List;
import java.util.Optional;

/** A log that retains each message until it is trimmed, so without a hole: a ring that grows with what it holds. */
final class DenseLog extends ChannelLog {
    private static final int FIRST_CAPACITY = 8;

    private Message[] ring = new Message[FIRST_CAPACITY]; // the message with offset o stands at o % length
    private int size;

    DenseLog(Position head) {
        super(head);
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    boolean follows(long offset) {
        return offset == head + 1;
    }

    @Override
    Optional<Message> add(Message message) {
        if (size == ring.length) {
            grow();
        }
        size++;
        ring[slot(message.offset())] = message;
        return Optional.empty();
    }

    @Override
    public Message oldest() {
        return get(head - size + 1);
    }

    @Override
    Message removeOldest() {
        Message oldest = oldest();
        ring[slot(oldest.offset())] = null;
        size--;
        return oldest;
    }

    @Override
    Optional<Message> find(long offset) {
        return offset > head - size && offset <= head ? Optional.of(get(offset)) : Optional.empty();
    }

    @Override
    public List<Message> after(long offset, int limit, long weight) {
        long most = Math.min(limit, head - offset);
        int count = 0;
        for (long sum = 0; count < most && (sum < weight || count == 0); count++) {
            sum += get(offset + 1 + count).content().weight();
        }
        return range(offset + 1, count);
    }

    @Override
    public List<Message> before(long offset, int limit, long weight) {
        long last = Math.min(offset - 1, head);
        long most = Math.min(limit, last - (head - size));
        int count = 0;
        for (long sum = 0; count < most && (sum < weight || count == 0); count++) {
            sum += get(last - count).content().weight();
        }
        return range(last - count + 1, count);
    }

    private List<Message> range(long first, int count) {
        if (count == 1) {
            return List.of(get(first)); // what a live reader mostly takes
        }
        Message[] found = new Message[count];
        for (int i = 0; i < count; i++) {
            found[i] = get(first + i);
        }
        return List.of(found);
    }

    private Message get(long offset) {
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
