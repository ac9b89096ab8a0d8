/**
 * Metrics by Micrometer, told in the text form of Prometheus. Names and units go by the conventions of Prometheus; labels have few
 * values, known beforehand: transports, codes, reasons.
 */
@NullMarked
package dev.parley.metrics;

import org.jspecify.annotations.NullMarked;
