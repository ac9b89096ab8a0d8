package dev.parley.protocol;

import dev.parley.core.Start;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a channel's history is wanted.
 *
 * @param start what the messages come after or before
 * @param forward whether they come after it
 * @param limit at most so many messages, 1 to {@value #MAX_LIMIT}
 */
public record Range(Start start, boolean forward, int limit) {
    public static final int DEFAULT_LIMIT = 50;
    public static final int MAX_LIMIT = 500;

    /**
     * From what was asked for; nothing asked for means the newest messages.
     *
     * @throws Refused for a position that is none, both positions at once, or a limit below 1
     */
    public static Range of(@Nullable String after, @Nullable String before, long limit) {
        if (after != null && before != null) {
            throw new Refused(ErrorCode.MALFORMED, "either after or before, not both");
        }
        if (limit < 1) {
            throw new Refused(ErrorCode.MALFORMED, "limit must be at least 1");
        }
        int atMost = (int) Math.min(limit, MAX_LIMIT);
        if (after != null) {
            return new Range(Given.start(after), true, atMost);
        }
        return new Range(before == null ? Start.LATEST : Given.start(before), false, atMost);
    }
}
