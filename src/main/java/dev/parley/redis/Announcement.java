package dev.parley.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.parley.core.ChannelName;
import dev.parley.core.Content;
import dev.parley.core.Message;
import dev.parley.core.Position;
import dev.parley.core.Signal;
import java.io.ByteArrayOutputStream;

/**
 * What is said on a channel's Pub/Sub channel. Of a message the append script publishes a line with epoch, offset, time in ms, and
 * the lengths in bytes of the event's name and of the publisher's; then these two and the data, without anything between. Of a
 * signal a node publishes the same, with {@value #SIGNAL} in the place of epoch, offset and time; and the clear script
 * {@value #CLEARED}.
 */
final class Announcement {
    private static final String SIGNAL = "signal * *"; // of a message the second is a number
    private static final String CLEARED = "cleared * * 0 0";

    private final ChannelName channel;
    private final String line;
    private final String[] words; // of the line
    private final Content content;

    /** @throws RuntimeException if it is none: somebody else has published on this Pub/Sub channel */
    Announcement(ChannelName channel, byte[] bytes) {
        int end = 0;
        while (bytes[end] != '\n') {
            end++;
        }
        this.channel = channel;
        this.line = new String(bytes, 0, end, US_ASCII);
        this.words = line.split(" ", -1);
        int eventEnd = end + 1 + Integer.parseInt(words[3]);
        int fromEnd = eventEnd + Integer.parseInt(words[4]);
        this.content = new Content(
                new String(bytes, fromEnd, bytes.length - fromEnd, UTF_8),
                new String(bytes, end + 1, eventEnd - end - 1, UTF_8),
                new String(bytes, eventEnd, fromEnd - eventEnd, UTF_8));
    }

    boolean isSignal() {
        return line.startsWith(SIGNAL);
    }

    /** Whether all messages up to now are dropped. */
    boolean isClearing() {
        return line.equals(CLEARED);
    }

    Signal signal() {
        return new Signal(channel, content);
    }

    Message message() {
        return new Message(
                channel, new Position(words[0], Long.parseLong(words[1])), content, Long.parseLong(words[2]));
    }

    static byte[] of(Signal signal) {
        byte[] event = signal.content().event().getBytes(UTF_8);
        byte[] from = signal.content().from().getBytes(UTF_8);
        String begin = "%s %d %d\n".formatted(SIGNAL, event.length, from.length);
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(begin.getBytes(US_ASCII));
        bytes.writeBytes(event);
        bytes.writeBytes(from);
        bytes.writeBytes(signal.content().data().getBytes(UTF_8));
        return bytes.toByteArray();
    }
}
