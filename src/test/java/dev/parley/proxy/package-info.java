/**
 * Parley behind a proxy: the real programs of the distribution with the files of {@code config/}, on the loopback. What a client may
 * expect of Parley holds through them; the tests speak with the clients of the wire suite.
 */
@NullMarked
package dev.parley.proxy;

import org.jspecify.annotations.NullMarked;
