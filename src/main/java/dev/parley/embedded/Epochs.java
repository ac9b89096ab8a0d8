package dev.parley.embedded;

import dev.parley.core.ChannelName;
import dev.parley.core.Position;
import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * Says which life a channel's log is in, without remembering the channels. One random text a start, so that no position of an
 * earlier process is taken for one of this; and a generation that rises when a log is forgotten, so that a log born later under
 * the same name does not count from 1 under an epoch in which other messages had these offsets.
 *
 * <p>Names share their generation with the others of the same hash, which bounds the memory. Logs that exist keep the epoch
 * that they were born with; the price is that a position of a channel <em>without</em> a log is, rarely, outdated by a stranger.
 */
final class Epochs {
    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789";
    private static final int RANDOM_LENGTH = 8; // fixed, so that text and generation cannot be confused
    private static final int SHARES = 1 << 12;

    private final String first;
    private final AtomicIntegerArray generations = new AtomicIntegerArray(SHARES);

    Epochs() {
        var random = new SecureRandom();
        var text = new StringBuilder(RANDOM_LENGTH);
        for (int i = 0; i < RANDOM_LENGTH; i++) {
            text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        first = text.toString();
    }

    /** Where a log begins that is born now. */
    Position beginning(ChannelName channel) {
        int generation = generations.get(share(channel));
        return new Position(
                generation == 0 ? first : first + Integer.toUnsignedString(generation, ALPHABET.length()), 0);
    }

    /** The channel's log is forgotten: none born from now on continues its positions. */
    void end(ChannelName channel) {
        generations.incrementAndGet(share(channel));
    }

    private static int share(ChannelName channel) {
        int hash = channel.hashCode();
        return (hash ^ hash >>> 16) & SHARES - 1;
    }
}
