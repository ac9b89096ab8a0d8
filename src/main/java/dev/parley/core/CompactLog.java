package dev.parley.core;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A log that retains of each event name the newest message alone. Those without a name have the empty one. Offsets may be left
 * out: whoever appends may have found the message there superseded already.
 */
final class CompactLog extends ChannelLog {
    private final TreeMap<Long, Message> retained = new TreeMap<>();
    private final Map<String, Message> latest = new HashMap<>(); // the same ones, by event name

    CompactLog(Position head) {
        super(head);
    }

    @Override
    public int size() {
        return retained.size();
    }

    @Override
    boolean follows(long offset) {
        return offset > head;
    }

    @Override
    Optional<Message> add(Message message) {
        retained.put(message.offset(), message);
        Message superseded = latest.put(message.content().event(), message);
        if (superseded != null) {
            retained.remove(superseded.offset());
        }
        return Optional.ofNullable(superseded);
    }

    @Override
    public Message oldest() {
        return retained.firstEntry().getValue();
    }

    @Override
    Message removeOldest() {
        Message oldest = retained.pollFirstEntry().getValue();
        latest.remove(oldest.content().event());
        return oldest;
    }

    @Override
    Optional<Message> find(long offset) {
        return Optional.ofNullable(retained.get(offset));
    }

    @Override
    public List<Message> after(long offset, int limit, long weight) {
        return piece(retained.tailMap(offset, false).values(), limit, weight);
    }

    @Override
    public List<Message> before(long offset, int limit, long weight) {
        return piece(retained.headMap(offset, false).descendingMap().values(), limit, weight)
                .reversed();
    }

    private static List<Message> piece(Collection<Message> messages, int limit, long weight) {
        List<Message> found = new ArrayList<>();
        long sum = 0;
        for (Message message : messages) {
            if (found.size() >= limit || sum >= weight && !found.isEmpty()) {
                break;
            }
            found.add(message);
            sum += message.content().weight();
        }
        return found;
    }
}
