package dev.parley.protocol;

import dev.parley.core.ChannelName;
import dev.parley.core.Start;
import org.jspecify.annotations.Nullable;

/** What a client of {@code /ws} asks for. {@code id} is a positive integer chosen by the client, or 0: no reply is wanted. */
public sealed interface Command {
    long id();

    /** Says who the client is. */
    record Connect(long id) implements Command {}

    /**
     * @param after from where to read
     * @param presence whether it wants to know who is there, comes and leaves
     */
    record Subscribe(long id, ChannelName channel, Start after, boolean presence) implements Command {}

    record Unsubscribe(long id, ChannelName channel) implements Command {}

    /**
     * @param data one JSON value in its text form, without line breaks
     * @param event the event's name, or empty
     * @param key makes a retry harmless, or null
     */
    record Publish(
            long id,
            ChannelName channel,
            String data,
            String event,
            @Nullable String key) implements Command {}

    /**
     * @param data one JSON value in its text form, without line breaks
     * @param event the event's name, or empty
     */
    record Signal(long id, ChannelName channel, String data, String event) implements Command {}

    record History(long id, ChannelName channel, Range range) implements Command {}

    /** Asks who is there. */
    record Presence(long id, ChannelName channel) implements Command {}
}
