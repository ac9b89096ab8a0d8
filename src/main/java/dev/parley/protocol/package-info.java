/**
 * The words on the wire: commands, replies, pushes, error and close codes, and their forms. Pure functions; nothing here
 * waits, locks or remembers.
 */
@NullMarked
package dev.parley.protocol;

import org.jspecify.annotations.NullMarked;
