/**
 * The breaking machine: clients of every transport use Parley through relays while its processes are killed, stopped and frozen and
 * their connections cut, and afterwards a checker compares what they were told with what the log holds.
 *
 * <p>What is broken is an {@link dev.parley.fault.breaking.Installation}; when and how is a {@link
 * dev.parley.fault.breaking.Schedule} that a seed decides; what happened is {@link dev.parley.fault.breaking.Evidence}, which a
 * {@link dev.parley.fault.breaking.Checker} judges without knowing how it came about. Clients run in virtual threads of their own,
 * block, and own what they note; evidence is collected when they have ended.
 */
@NullMarked
package dev.parley.fault.breaking;

import org.jspecify.annotations.NullMarked;
