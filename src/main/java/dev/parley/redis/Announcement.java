package dev.parley.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.parley.core.ChannelName;
import dev.parley.core.Content;
import dev.parley.core.Message;
import dev.parley.core.Position;

/**
 * What the append script publishes: a line with epoch, offset, time in ms, and the lengths in bytes of the event's name and of the
 * publisher's; then these two and the data, without anything between.
 */
final class Announcement {
    private Announcement() {}

    /** @throws RuntimeException if it is none: somebody else has published on this Pub/Sub channel */
    static Message parse(ChannelName channel, byte[] bytes) {
        int end = 0;
        while (bytes[end] != '\n') {
            end++;
        }
        String[] head = new String(bytes, 0, end, US_ASCII).split(" ", -1);
        int eventEnd = end + 1 + Integer.parseInt(head[3]);
        int fromEnd = eventEnd + Integer.parseInt(head[4]);
        var content = new Content(
                new String(bytes, fromEnd, bytes.length - fromEnd, UTF_8),
                new String(bytes, end + 1, eventEnd - end - 1, UTF_8),
                new String(bytes, eventEnd, fromEnd - eventEnd, UTF_8));
        return new Message(channel, new Position(head[0], Long.parseLong(head[1])), content, Long.parseLong(head[2]));
    }
}
