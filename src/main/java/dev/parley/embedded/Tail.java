package dev.parley.embedded;

import dev.parley.core.ChannelName;
import dev.parley.core.Message;
import dev.parley.core.Position;

/**
 * Where a log's next message goes. It runs ahead of what is announced while a commit is under way, and is set back if that fails.
 * For the leader of a commit alone.
 */
final class Tail {
    private final ChannelName channel;
    private final String epoch;
    private long offset;
    private long sum; // weight of all messages up to the offset
    private long time; // of the message at the offset
    private boolean loose; // see ChannelRecord

    Tail(ChannelName channel, Position head, long sum, long time, boolean loose) {
        this.channel = channel;
        this.epoch = head.epoch();
        this.loose = loose;
        reset(head.offset(), sum, time);
    }

    /** The next message will be the first one that the channel ever had. */
    boolean isAtBeginning() {
        return offset == 0;
    }

    long offset() {
        return offset;
    }

    /** The time that a message would get: within a channel it stands still rather than run backwards. */
    long time(long clock) {
        return Math.max(clock, time);
    }

    /** Gives the entry its position and time. */
    void append(Entry entry, long clock) {
        offset++;
        time = time(clock);
        sum += entry.content().weight();
        StoredMessage.complete(entry.bytes(), time, sum);
        entry.place(new Message(channel, new Position(epoch, offset), entry.content(), time));
    }

    /** Back to what was announced last. */
    void reset(long announced, long itsSum, long itsTime) {
        offset = announced;
        sum = itsSum;
        time = itsTime;
    }

    /** Whether the channel is not loose yet; it is from now on. */
    boolean loosen() {
        boolean before = loose;
        loose = true;
        return !before;
    }

    /** Takes {@link #loosen} back, as it has not reached the disk. */
    void tighten() {
        loose = false;
    }

    boolean isLoose() {
        return loose;
    }
}
