/**
 * Phase of the echoes before the fit: step between two echoes, offset at echo time zero,
 * alternation of bipolar readouts, unwrapping in space.
 *
 * <p>Phase is in radians, time in seconds; a quality lies between 0 and 1. May use {@code
 * field.data}, {@code numeric}, {@code volume}.
 */
@NullMarked
package org.qsmnode.field.phase;

import org.jspecify.annotations.NullMarked;
