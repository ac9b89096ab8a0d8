package dev.parley.core;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Names one entry of one channel's log, and so where a reader stands that has read up to it. An offset says nothing under
 * another epoch. Clients treat the text form as opaque.
 *
 * @param epoch which life of the log: 1 to 32 lower-case letters and digits
 * @param offset place in the log, dense and rising from 1; 0 stands before the first message
 */
public record Position(String epoch, long offset) {
    /** In characters. */
    public static final int MAX_EPOCH = 32;

    private static final Pattern TEXT = Pattern.compile("([a-z0-9]{1," + MAX_EPOCH + "})-(0|[1-9][0-9]{0,17})");

    public static Optional<Position> parse(String text) {
        var matcher = TEXT.matcher(text);
        return matcher.matches()
                ? Optional.of(new Position(matcher.group(1), Long.parseLong(matcher.group(2))))
                : Optional.empty();
    }

    public boolean sameEpoch(Position other) {
        return epoch.equals(other.epoch);
    }

    public Position at(long offset) {
        return new Position(epoch, offset);
    }

    @Override
    public String toString() {
        return epoch + '-' + offset;
    }
}
