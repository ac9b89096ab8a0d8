package dev.parley.embedded;

import dev.parley.core.Position;
import dev.parley.core.PublishKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The keys of messages that are not in the archive yet, and those that went there by the last flush. Only who leads a commit may
 * call this, save for {@link #generation}.
 *
 * <p>A publisher looks for its key in the archive before it waits for its turn, so that the leader need not read the disk. What
 * it found missing there in generation g is in these maps until generation g + 2 begins; an entry that waited for longer than
 * that has its key looked up again.
 */
final class UsedKeys {
    private Map<Used, Place> current = new HashMap<>();
    private Map<Used, Place> previous = Map.of();
    private volatile int generation; // written by one leader at a time

    int generation() {
        return generation;
    }

    /** Whether an entry that missed its key in the archive in this generation can still be answered from here. */
    boolean covers(int lookedAt) {
        return generation - lookedAt < 2;
    }

    @Nullable
    Place find(DurableLog log, PublishKey key) {
        var used = new Used(log.name().text(), key);
        Place place = current.get(used);
        return place != null ? place : previous.get(used);
    }

    void remember(Entry entry) {
        PublishKey key = entry.key();
        if (key != null) {
            current.put(
                    new Used(entry.log().name().text(), key),
                    new Place(entry.message().position(), entry.message().time()));
        }
    }

    /** The commit of these has failed. */
    void forget(List<Entry> entries) {
        for (Entry entry : entries) {
            PublishKey key = entry.key();
            if (key != null) {
                current.remove(new Used(entry.log().name().text(), key));
            }
        }
    }

    /** Begins the next generation, as what was used so far is about to be written into the archive. */
    void turn() {
        previous = current;
        current = new HashMap<>();
        int next = generation + 1; // one leader at a time
        generation = next;
    }

    private record Used(String channel, PublishKey key) {}

    /**
     * What a key was used for.
     *
     * @param time when, in milliseconds since 1970
     */
    record Place(Position position, long time) {}
}
