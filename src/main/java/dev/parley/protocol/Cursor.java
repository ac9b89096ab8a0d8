package dev.parley.protocol;

import dev.parley.core.ChannelName;
import dev.parley.core.Position;
import dev.parley.core.Start;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Where a reader of one or more channels stands: their positions, joined by commas in the order in which the channels were named.
 * Its owner provides the locking.
 */
public final class Cursor {
    /** How many channels one stream or poll may read. */
    public static final int MAX_CHANNELS = 32;

    private static final String SEPARATOR = ",";

    private final List<ChannelName> channels;
    private final Position[] positions;

    /** @param positions one for each channel, in the same order */
    public Cursor(List<ChannelName> channels, List<Position> positions) {
        this.channels = List.copyOf(channels);
        this.positions = positions.toArray(Position[]::new);
    }

    public void move(ChannelName channel, Position to) {
        positions[channels.indexOf(channel)] = to;
    }

    @Override
    public String toString() {
        return Arrays.stream(positions).map(Position::toString).collect(Collectors.joining(SEPARATOR));
    }

    /** @throws Refused if there is no channel, there are too many, one is named twice, or a name is none */
    public static List<ChannelName> channels(List<String> names) {
        if (names.isEmpty()) {
            throw new Refused(ErrorCode.MALFORMED, "channel is missing");
        }
        if (names.size() > MAX_CHANNELS) {
            throw new Refused(ErrorCode.LIMIT, "at most " + MAX_CHANNELS + " channels");
        }
        List<ChannelName> channels = names.stream().map(Given::channel).toList();
        Set<ChannelName> seen = new HashSet<>();
        for (ChannelName channel : channels) {
            if (!seen.add(channel)) {
                throw new Refused(ErrorCode.SUBSCRIPTION, channel + " is named twice");
            }
        }
        return channels;
    }

    /**
     * From where to read each of the channels. One of the words {@code earliest} and {@code latest} may stand for all.
     *
     * @throws Refused if the text is no cursor of so many channels
     */
    public static List<Start> starts(String text, int channels) {
        String[] parts = text.split(SEPARATOR, -1);
        if (parts.length == 1 && channels > 1) {
            Start all = Given.start(text);
            if (all instanceof Start.At) {
                throw new Refused(ErrorCode.BAD_POSITION, "one position for " + channels + " channels");
            }
            return Collections.nCopies(channels, all);
        }
        if (parts.length != channels) {
            throw new Refused(ErrorCode.BAD_POSITION, parts.length + " positions for " + channels + " channels");
        }
        return Arrays.stream(parts).map(Given::start).toList();
    }
}
