/** The example clients of the documentation, run as they stand there. */
@NullMarked
package dev.parley.example;

import org.jspecify.annotations.NullMarked;
