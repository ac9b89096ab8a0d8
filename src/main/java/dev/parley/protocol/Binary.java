package dev.parley.protocol;

import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/**
 * What a binary object of JSON, {@code {"$binary":"<base64>","type":"<media type>"}}, stands for.
 *
 * @param bytes owned by whoever made this; not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
record Binary(byte[] bytes, String type) {
    /** What these members stand for, if they are a binary object and become the same one again when it is written. */
    static Optional<Binary> of(Map<?, ?> members) {
        if (members.size() == 2
                && members.get(JsonText.BINARY) instanceof String text
                && members.get("type") instanceof String type) {
            return decoded(text).map(bytes -> new Binary(bytes, type));
        }
        return Optional.empty();
    }

    private static Optional<byte[]> decoded(String text) {
        try {
            byte[] bytes = Base64.getDecoder().decode(text);
            return Base64.getEncoder().encodeToString(bytes).equals(text) ? Optional.of(bytes) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
