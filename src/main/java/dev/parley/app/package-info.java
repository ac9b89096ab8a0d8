/** Builds the application out of its parts, starts it and stops it. The only package that sees all the others. */
@NullMarked
package dev.parley.app;

import org.jspecify.annotations.NullMarked;
