/** What every implementation of a port must do, as suites that each of them extends. */
@NullMarked
package dev.parley.contract;

import org.jspecify.annotations.NullMarked;
