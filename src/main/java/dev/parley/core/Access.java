package dev.parley.core;

/** The one question every request is put to before it takes effect: may this user do this? */
@FunctionalInterface
public interface Access {
    /** What somebody may want to do with a channel. */
    enum Action {
        /** Read it, live or from its history. */
        READ,
        /** Add a message to it. */
        PUBLISH
    }

    boolean isAllowed(User user, Action action, ChannelName channel);
}
