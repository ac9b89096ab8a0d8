package dev.parley.core;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** One entry of a channel's log. Immutable but for the encoded forms that it remembers. */
public final class Message {
    private final ChannelName channel;
    private final Position position;
    private final Content content;
    private final long time;
    private volatile @Nullable AtomicReferenceArray<Object> encoded; // null while no form is remembered

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

    /** This message in the given format, encoded at the first call and remembered until {@link #forgetEncoded}. */
    public <T> T as(Format<T> format) {
        AtomicReferenceArray<Object> forms = encoded;
        if (forms == null) {
            forms = new AtomicReferenceArray<>(Format.SLOTS);
            encoded = forms;
        }
        @SuppressWarnings("unchecked") // a slot holds what its own format made
        T known = (T) forms.getAcquire(format.slot());
        if (known != null) {
            return known;
        }
        T made = format.encode(this);
        forms.setRelease(format.slot(), made);
        return made;
    }

    /**
     * Lets go of the encoded forms. They take several times the room of the message itself, and hardly anybody wants them once it
     * is no longer among the newest.
     */
    void forgetEncoded() {
        encoded = null;
    }

    @Override
    public String toString() {
        return channel + "@" + position;
    }
}
