package dev.parley.protocol;

import dev.parley.core.ChannelName;
import dev.parley.core.Position;
import org.jspecify.annotations.Nullable;

/**
 * One channel, for administrators.
 *
 * @param head the newest message's position
 * @param oldest the oldest retained message's position, or null if none is retained
 * @param subscribers subscriptions on all nodes that have answered
 * @param members users who are there
 */
public record ChannelFigures(
        ChannelName channel, Position head, @Nullable Position oldest, int subscribers, int members) {}
