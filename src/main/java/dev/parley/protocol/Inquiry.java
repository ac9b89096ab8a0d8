package dev.parley.protocol;

import dev.parley.core.ChannelName;

/** What a node asks the others for an administrator, and each answers for itself. */
public sealed interface Inquiry {
    /** Some of the sessions, and how many there are. */
    record Sessions(int limit) implements Inquiry {}

    /** End a session for good. */
    record Kick(String session) implements Inquiry {}

    /** End all sessions of a user for good. */
    record KickUser(String user) implements Inquiry {}

    /** End what a user reads of a channel. */
    record Dismiss(ChannelName channel, String user) implements Inquiry {}

    /** How many read each channel. */
    record Readers() implements Inquiry {}

    /** How many read this channel. */
    record ReadersOf(ChannelName channel) implements Inquiry {}
}
