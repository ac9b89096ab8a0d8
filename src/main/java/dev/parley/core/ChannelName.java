package dev.parley.core;

import java.util.Optional;

/**
 * The name of a channel, {@code namespace:name}. What stands before the first colon is the namespace; a name without a colon is
 * in {@value #DEFAULT_NAMESPACE}.
 *
 * @param text 1 to {@value #MAX_LENGTH} of the characters {@code A–Z a–z 0–9 . _ ~ - :}
 */
public record ChannelName(String text) {
    public static final int MAX_LENGTH = 200;
    public static final String DEFAULT_NAMESPACE = "default";

    /** @throws IllegalArgumentException for a name that is none; input from outside goes through {@link #parse} */
    public ChannelName {
        if (!isValid(text)) {
            throw new IllegalArgumentException("bad channel name");
        }
    }

    public static Optional<ChannelName> parse(String text) {
        return isValid(text) ? Optional.of(new ChannelName(text)) : Optional.empty();
    }

    public String namespace() {
        int colon = text.indexOf(':');
        return colon < 0 ? DEFAULT_NAMESPACE : text.substring(0, colon);
    }

    @Override
    public String toString() {
        return text;
    }

    private static boolean isValid(String text) {
        if (text.isEmpty() || text.length() > MAX_LENGTH) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (!isAllowed(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isAllowed(char c) {
        return c >= 'a' && c <= 'z'
                || c >= 'A' && c <= 'Z'
                || c >= '0' && c <= '9'
                || c == '.'
                || c == '_'
                || c == '~'
                || c == '-'
                || c == ':';
    }
}
