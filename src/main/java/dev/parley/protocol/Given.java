package dev.parley.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.parley.core.ChannelName;
import dev.parley.core.Position;
import dev.parley.core.PublishKey;
import dev.parley.core.Start;
import dev.parley.core.User;
import org.jspecify.annotations.Nullable;

/** Texts from outside, checked and turned into the types that the rest trusts. Each method throws {@link Refused}. */
public final class Given {
    private static final int SHOWN = 40;

    private Given() {}

    public static ChannelName channel(String text) {
        return ChannelName.parse(text).orElseThrow(() -> new Refused(ErrorCode.BAD_CHANNEL, quoted(text)));
    }

    public static Start start(String text) {
        return Start.parse(text).orElseThrow(() -> badPosition(text));
    }

    public static Position position(String text) {
        return Position.parse(text).orElseThrow(() -> badPosition(text));
    }

    /** Who gives this nickname, or nobody in particular if there is none. */
    public static User user(@Nullable String nickname, int maxLength) {
        return nickname == null ? User.ANONYMOUS : new User(name("name", nickname, maxLength));
    }

    /** 1 to {@value PublishKey#MAX_LENGTH} characters, none of them a control character. */
    public static String key(String text) {
        return name("key", text, PublishKey.MAX_LENGTH);
    }

    /** An event's name, which must not claim to be the server's. */
    public static String event(String text, int maxLength) {
        if (text.startsWith("parley.")) {
            throw new Refused(ErrorCode.MALFORMED, "event names that start with parley. are the server's");
        }
        return name("event", text, maxLength);
    }

    /** 1 to {@code maxLength} characters, none of them a control character or half a surrogate pair. */
    public static String name(String what, String text, int maxLength) {
        if (text.isEmpty() || text.codePointCount(0, text.length()) > maxLength) {
            throw new Refused(ErrorCode.MALFORMED, what + " must have 1 to " + maxLength + " characters");
        }
        if (text.codePoints().anyMatch(Given::isUnprintable)) {
            throw new Refused(ErrorCode.MALFORMED, what + " must not have control characters");
        }
        return text;
    }

    private static boolean isUnprintable(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.SURROGATE, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
                true;
            default -> false;
        };
    }

    private static Refused badPosition(String text) {
        return new Refused(ErrorCode.BAD_POSITION, quoted(text));
    }

    /** What a client sent, short enough to be sent back, and without halves of surrogate pairs, which have no UTF-8. */
    private static String quoted(String text) {
        String shown = text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
        return '"' + new String(shown.getBytes(UTF_8), UTF_8) + '"';
    }
}
