package dev.parley.embedded;

import dev.parley.core.Position;

/**
 * Where a log stands at one moment.
 *
 * @param id in the archive; {@link DurableLog#NONE} before the first flush
 * @param base what is at or before this offset is not retained
 * @param archived what is at or before this offset, and retained, is in the archive
 * @param edge as far as it is known where the retained part begins
 * @param bounds how much is retained beside a number of messages
 */
record LogView(long id, Position head, long base, long archived, Edge edge, Edge.Bounds bounds) {}
