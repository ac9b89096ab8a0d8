package dev.parley.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.parley.core.Access;
import dev.parley.core.ChannelName;
import dev.parley.core.User;
import java.security.MessageDigest;

/** Everyone may read and publish everywhere, but for the server's own channels, on which only it publishes. */
public final class PublicAccess implements Access {
    private static final String SYSTEM = "sys";
    private static final String SCHEME = "Bearer ";

    private final byte[] adminKey;

    /** Without administrators. */
    public PublicAccess() {
        this("");
    }

    /** @param adminKey whoever has it is an administrator; empty for nobody */
    public PublicAccess(String adminKey) {
        this.adminKey = adminKey.getBytes(UTF_8);
    }

    @Override
    public boolean isAllowed(User user, Action action, ChannelName channel) {
        return action == Action.READ || !channel.namespace().equals(SYSTEM);
    }

    @Override
    public boolean hasAdministrators() {
        return adminKey.length > 0;
    }

    /** Takes as long whatever the given key has in common with the right one. */
    @Override
    public boolean isAdministrator(String authorization) {
        return hasAdministrators()
                && authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                && MessageDigest.isEqual(
                        adminKey,
                        authorization
                                .substring(SCHEME.length())
                                .stripLeading() // one space or more (RFC 9110, section 11.4)
                                .getBytes(UTF_8));
    }
}
