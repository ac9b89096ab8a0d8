package dev.parley.core;

/**
 * Somebody who is on a channel: a user, however often connected.
 *
 * @param sessions how many of the user's sessions read the channel, at least 1; in a report that the user has left, 0
 */
public record Member(String user, int sessions) {}
