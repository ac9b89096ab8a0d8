/**
 * Requests that are answered once: publish, history, long-poll, health; and what every HTTP answer has in common.
 */
@NullMarked
package dev.parley.http;

import org.jspecify.annotations.NullMarked;
