/**
 * From multi-echo complex images to the local field: brain mask, phase offset, unwrapping, echo fit
 * with its noise, background removal.
 *
 * <p>Fields are relative to the main field, in ppm, or in Hz where the name says so; paramagnetic
 * is positive. May use {@code volume}, {@code numeric}.
 */
@NullMarked
package org.qsmnode.field;

import org.jspecify.annotations.NullMarked;
