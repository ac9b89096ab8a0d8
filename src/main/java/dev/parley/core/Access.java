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

    /** Whether there is anything by which an administrator could show who he is. */
    default boolean hasAdministrators() {
        return false;
    }

    /** @param authorization the request's {@code Authorization} header, or empty */
    default boolean isAdministrator(String authorization) {
        return false;
    }
}
