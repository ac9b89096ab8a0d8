package dev.parley.auth;

import dev.parley.core.Access;
import dev.parley.core.ChannelName;
import dev.parley.core.User;

/** Everyone may read and publish everywhere, but for the server's own channels, on which only it publishes. */
public final class PublicAccess implements Access {
    private static final String SYSTEM = "sys";

    @Override
    public boolean isAllowed(User user, Action action, ChannelName channel) {
        return action == Action.READ || !channel.namespace().equals(SYSTEM);
    }
}
