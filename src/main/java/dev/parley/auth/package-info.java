/** Who is who and may do what. */
@NullMarked
package dev.parley.auth;

import org.jspecify.annotations.NullMarked;
