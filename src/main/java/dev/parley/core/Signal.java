package dev.parley.core;

/**
 * Something for those who read a channel at this moment, such as that somebody is typing: it has no place in the log and may be
 * lost. Immutable but for the encoded forms that it remembers.
 */
public final class Signal {
    private final ChannelName channel;
    private final Content content;
    private final Forms forms = new Forms();

    public Signal(ChannelName channel, Content content) {
        this.channel = channel;
        this.content = content;
    }

    public ChannelName channel() {
        return channel;
    }

    public Content content() {
        return content;
    }

    public Forms forms() {
        return forms;
    }
}
