/** What an operator may set: read once at the start, checked, and handed down as values. */
@NullMarked
package dev.parley.config;

import org.jspecify.annotations.NullMarked;
