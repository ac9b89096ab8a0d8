/**
 * How many connections several nodes over one Redis bear: a benchmark, started by {@code src/test/sh/scale}. Nodes, Redis and
 * clients are processes of their own, as a process may open only so many files.
 */
@NullMarked
package dev.parley.fault.scale;

import org.jspecify.annotations.NullMarked;
