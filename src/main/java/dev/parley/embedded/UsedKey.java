package dev.parley.embedded;

import dev.parley.core.Position;
import dev.parley.core.PublishKey;

/**
 * A key that a publisher has used.
 *
 * @param position of the message that it was used for
 * @param expires when it is forgotten, in milliseconds since 1970
 */
public record UsedKey(PublishKey key, Position position, long expires) {}
