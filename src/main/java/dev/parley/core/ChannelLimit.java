package dev.parley.core;

/** A message was for a new channel, and there are as many channels as the node may have. Nothing was stored. */
public final class ChannelLimit extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ChannelLimit(int limit) {
        super("limit of " + limit + " channels", null, false, false);
    }
}
