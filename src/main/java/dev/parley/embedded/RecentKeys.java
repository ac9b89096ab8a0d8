package dev.parley.embedded;

import dev.parley.core.Position;
import dev.parley.core.PublishKey;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The keys that publishers used on one channel, and for which messages; the oldest forgotten first. Its owner provides the locking. */
final class RecentKeys {
    /** How many keys a channel remembers at most, however long the namespace wants them remembered. */
    static final int MAX_KEYS = 10_000;

    private final Map<PublishKey, Used> used = new LinkedHashMap<>(); // oldest first
    private final long keyMillis;

    /** @param keyMillis how long a key is remembered */
    RecentKeys(long keyMillis) {
        this.keyMillis = keyMillis;
    }

    /** The position of the message that this key was used for, if that is remembered. */
    @Nullable
    Position find(PublishKey key) {
        Used found = used.get(key);
        return found == null ? null : found.position;
    }

    void remember(PublishKey key, Position position, long now) {
        used.put(key, new Used(position, now));
        if (used.size() > MAX_KEYS) {
            forgetOldest();
        }
    }

    /** Forgets what is too old at this time. Looks at nothing else but the oldest that stays. */
    void expire(long now) {
        var oldest = used.values().iterator();
        while (oldest.hasNext() && now - oldest.next().time >= keyMillis) {
            oldest.remove();
        }
    }

    boolean isEmpty() {
        return used.isEmpty();
    }

    private void forgetOldest() {
        var oldest = used.values().iterator();
        oldest.next();
        oldest.remove();
    }

    private record Used(Position position, long time) {}
}
