package dev.parley.core;

import java.util.List;

/**
 * A piece of a channel's log.
 *
 * @param start what the messages come after: the position asked for or, where the log no longer holds all that came after it,
 *     the one just before the oldest retained message
 * @param messages without a hole, but for those that were superseded, in log order
 * @param head the newest message's position when this was read
 * @param more whether the log had more in the direction of reading
 */
public record Slice(Position start, List<Message> messages, Position head, boolean more) {
    public Slice {
        messages = List.copyOf(messages);
    }

    /** A piece read forwards: there is more if it ends before the head, as the newest message is retained if anything is. */
    public static Slice forwards(Position start, List<Message> messages, Position head) {
        Position end = messages.isEmpty() ? start : messages.getLast().position();
        return new Slice(start, messages, head, end.offset() < head.offset());
    }

    /** Where a reader stands that has read this slice. */
    public Position end() {
        return messages.isEmpty() ? start : messages.getLast().position();
    }

    /** Whether a reader that stood at {@code asked} has missed something that it cannot get any more. */
    public boolean missedAfter(Position asked) {
        return !start.equals(asked);
    }
}
