/**
 * The wire suite: black-box tests written from the protocol alone. It judges whatever answers at a base address: the WAR that
 * Arquillian deploys, or with {@code -Dit.base=http://127.0.0.1:8080/} a server that runs already, behind a proxy if you like.
 * {@link dev.parley.wire.Configured} says how that server must be set.
 *
 * <p>Each test has channels of its own, so tests neither disturb each other nor need an order. That something does not come is
 * shown by a marker that is sent later and comes first.
 */
@NullMarked
package dev.parley.wire;

import org.jspecify.annotations.NullMarked;
