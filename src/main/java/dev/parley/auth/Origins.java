package dev.parley.auth;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * From which web pages browsers may use this server: its own, and those that the operator names. Browsers let any page open a
 * WebSocket to any server, so the server has to look (RFC 6455, section 10.2).
 */
public final class Origins {
    private static final String ANY = "*";

    private final Set<String> allowed;

    /** @param allowed such as {@code https://chat.example}; {@code *} stands for any */
    public Origins(List<String> allowed) {
        this.allowed = allowed.stream().map(Origins::normal).collect(Collectors.toUnmodifiableSet());
    }

    /**
     * @param origin the header's value; null where there was none, which is how everything but a browser comes
     * @param host the authority that the client asked for, as in its {@code Host} header
     */
    public boolean isAllowed(@Nullable String origin, @Nullable String host) {
        return origin == null || isConfigured(origin) || isOwn(origin, host);
    }

    /** Whether answers to scripts of this origin may be read across origins. */
    public boolean isConfigured(String origin) {
        return allowed.contains(ANY) || allowed.contains(normal(origin));
    }

    private static boolean isOwn(String origin, @Nullable String host) {
        int authority = origin.indexOf("://");
        return authority > 0 && origin.substring(authority + 3).equalsIgnoreCase(host);
    }

    private static String normal(String origin) {
        String lower = origin.toLowerCase(Locale.ROOT);
        return lower.endsWith("/") ? lower.substring(0, lower.length() - 1) : lower;
    }
}
