package dev.parley.core;

import java.util.concurrent.atomic.AtomicReferenceArray;

/** One entry of a channel's log. Immutable but for the encoded forms that it remembers. */
public final class Message {
    private final ChannelName channel;
    private final Position position;
    private final Content content;
    private final long time;
    private final AtomicReferenceArray<Object> encoded = new AtomicReferenceArray<>(Format.SLOTS);

    /** @param time when it was stored, in milliseconds since 1970 */
    public Message(ChannelName channel, Position position, Content content, long time) {
        this.channel = channel;
        this.position = position;
        this.content = content;
        this.time = time;
    }

    public ChannelName channel() {
        return channel;
    }

    public Position position() {
        return position;
    }

    public long offset() {
        return position.offset();
    }

    public Content content() {
        return content;
    }

    public long time() {
        return time;
    }

    /** This message in the given format, encoded at the first call. */
    public <T> T as(Format<T> format) {
        @SuppressWarnings("unchecked") // a slot holds what its own format made
        T known = (T) encoded.getAcquire(format.slot());
        if (known != null) {
            return known;
        }
        T made = format.encode(this);
        encoded.setRelease(format.slot(), made);
        return made;
    }

    @Override
    public String toString() {
        return channel + "@" + position;
    }
}
