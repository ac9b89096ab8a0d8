package dev.parley.fault.breaking;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One reader's way along its channels, over all its connections: where it stands, what it has seen, and whether it has heard the
 * last word of each. Belongs to the reader's thread.
 */
final class Journey {
    private static final String LATEST = "latest";
    private static final String SEPARATOR = ",";

    private final List<String> channels;
    private final Map<String, String> positions = new LinkedHashMap<>();
    private final Map<String, Track> tracks = new LinkedHashMap<>();
    private int unfinished;

    /** @param fromEarliest else with what comes next */
    Journey(String reader, List<String> channels, boolean fromEarliest) {
        this.channels = List.copyOf(channels);
        this.unfinished = channels.size();
        for (String channel : channels) {
            var track = new Track(reader, channel);
            tracks.put(channel, track);
            positions.put(channel, fromEarliest ? Track.EARLIEST : LATEST);
            if (fromEarliest) {
                track.startsAt(Track.EARLIEST);
            }
        }
    }

    List<String> channels() {
        return channels;
    }

    List<Track> tracks() {
        return List.copyOf(tracks.values());
    }

    String position(String channel) {
        return at(positions, channel);
    }

    /** The positions of all channels as one cursor; a word stands for one that is not known yet. */
    String cursor() {
        return channels.stream().map(this::position).collect(Collectors.joining(SEPARATOR));
    }

    /** Whether it is known where each channel's reading began. */
    boolean isPlaced() {
        return !positions.containsValue(LATEST);
    }

    /** Whether that is known of some channels only, as when one subscription was answered and the next one was not. */
    boolean isPartlyPlaced() {
        return !isPlaced() && positions.values().stream().anyMatch(position -> !position.equals(LATEST));
    }

    /** Whether the last word of every channel has been heard. */
    boolean isFinished() {
        return unfinished == 0;
    }

    /** A position that the server named before the first message: what {@link #LATEST} meant. */
    void beginsAt(String channel, String position) {
        if (position(channel).equals(LATEST)) {
            at(tracks, channel).startsAt(position);
            positions.put(channel, position);
        }
    }

    void message(String channel, String position, String data) {
        long id = Numbered.idOf(data);
        at(tracks, channel).saw(id);
        positions.put(channel, position);
        if (Numbered.isLast(id)) {
            unfinished--;
        }
    }

    void gap(String channel) {
        at(tracks, channel).toldOfGap();
    }

    /** Where the server says that this reader stands. */
    void standsAt(String cursor) {
        String[] each = cursor.split(SEPARATOR, -1);
        if (each.length != channels.size()) {
            throw new AssertionError(cursor + " is no cursor of " + channels);
        }
        for (int i = 0; i < each.length; i++) {
            beginsAt(channels.get(i), each[i]);
            positions.put(channels.get(i), each[i]);
        }
    }

    private static <T> T at(Map<String, T> map, String channel) {
        T value = map.get(channel);
        if (value == null) {
            throw new AssertionError("told of " + channel + ", which was not asked for");
        }
        return value;
    }
}
