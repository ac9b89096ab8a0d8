/**
 * What goes wrong outside of Parley and must not go wrong inside: readers that stop reading, connections that are cut, peers that
 * fall silent. Each test has a server in a process of its own and looks at it from outside: by its clients, by its health, and
 * by what its process holds.
 *
 * <p>Many clients are a {@link dev.parley.fault.Swarm}, read by one thread; what a few clients see is looked at with the clients
 * of the wire suite.
 */
@NullMarked
package dev.parley.fault;

import org.jspecify.annotations.NullMarked;
