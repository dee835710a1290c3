/**
 * The use case: an acquisition in, derived series out, with stages, progress and reasons.
 *
 * <p>Knows files and folders, no routes, database or network. Units are those of the packages
 * below: ppm, Hz, seconds, tesla, millimetres. May use {@code derive}, {@code digest}, {@code
 * field}, {@code field.background}, {@code field.data}, {@code field.phase}, {@code inversion},
 * {@code inversion.adapt}, {@code inversion.classic}, {@code inversion.pdi}, {@code numeric},
 * {@code series.find}, {@code series.header}, {@code series.pixels}, {@code volume}.
 */
@NullMarked
package org.qsmnode.pipeline;

import org.jspecify.annotations.NullMarked;
