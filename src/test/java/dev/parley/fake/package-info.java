/** Stand-ins that tests set or look into: a clock, watchers and readers that write down what they hear. */
@NullMarked
package dev.parley.fake;

import org.jspecify.annotations.NullMarked;
