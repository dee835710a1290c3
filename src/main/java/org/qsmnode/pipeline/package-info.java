/**
 * The use case: an acquisition in, derived series out, with stages, progress and reasons.
 *
 * <p>Knows files and folders, no routes, database or network. Units are those of the packages
 * below: ppm, Hz, seconds, tesla, millimetres. May use {@code volume}, {@code numeric}, {@code
 * series}, {@code field}, {@code derive}, {@code inversion}, {@code inversion.classic}, {@code
 * inversion.pdi}, {@code inversion.adapt}.
 */
@NullMarked
package org.qsmnode.pipeline;

import org.jspecify.annotations.NullMarked;
