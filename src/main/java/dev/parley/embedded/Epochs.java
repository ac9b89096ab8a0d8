package dev.parley.embedded;

import dev.parley.core.ChannelName;
import dev.parley.core.Position;
import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * Says which life a channel's log is in, without remembering the channels. One random text for each store, so that no position
 * of an earlier one is taken for one of this; and a generation that rises when a log is forgotten, so that a log born later under
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

    /** Epochs that were never used before. */
    Epochs() {
        this(random());
    }

    /** Goes on with what {@link #first} was; the generations begin anew and are to be {@link #reach}ed. */
    Epochs(String first) {
        this.first = first;
    }

    private static String random() {
        var random = new SecureRandom();
        var text = new StringBuilder(RANDOM_LENGTH);
        for (int i = 0; i < RANDOM_LENGTH; i++) {
            text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return text.toString();
    }

    String first() {
        return first;
    }

    /** Where a log begins that is born now. */
    Position beginning(ChannelName channel) {
        return new Position(epoch(generations.get(share(channel))), 0);
    }

    /** The channel's log is forgotten: none born from now on continues its positions. */
    void end(ChannelName channel) {
        generations.incrementAndGet(share(channel));
    }

    /** No log of this name is born with a lower generation any more. */
    void reach(ChannelName channel, int generation) {
        generations.accumulateAndGet(share(channel), generation, Math::max);
    }

    /** The generation that an epoch is of, or 0 if it is none of these. */
    int generation(String epoch) {
        if (!epoch.startsWith(first) || epoch.length() == RANDOM_LENGTH) {
            return 0;
        }
        try {
            return Integer.parseUnsignedInt(epoch.substring(RANDOM_LENGTH), ALPHABET.length());
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /** The channel's share of the generations, to be remembered by, and how far that is. */
    Share shareOf(ChannelName channel) {
        int share = share(channel);
        return new Share(share, generations.get(share));
    }

    /** As {@link Share} remembers it. */
    void restore(Share share) {
        generations.set(share.number, share.generation);
    }

    private String epoch(int generation) {
        return generation == 0 ? first : first + Integer.toUnsignedString(generation, ALPHABET.length());
    }

    private static int share(ChannelName channel) {
        int hash = channel.hashCode();
        return (hash ^ hash >>> 16) & SHARES - 1;
    }

    /** How often logs of names of one hash have been forgotten. */
    record Share(int number, int generation) {}
}
