package dev.parley.fault.breaking;

import java.util.List;
import java.util.Map;

/**
 * What is known after a run.
 *
 * @param logs what each channel's log holds from its oldest message to its head
 * @param publishes all that was sent, of each publisher in the order in which it was sent first
 * @param tracks what each reader saw of each of its channels
 */
record Evidence(Map<String, List<Stored>> logs, List<Publish> publishes, List<Track> tracks) {
    /** One entry of a log. */
    record Stored(String position, long id) {}

    Evidence {
        logs = Map.copyOf(logs);
        publishes = List.copyOf(publishes);
        tracks = List.copyOf(tracks);
    }
}
