/**
 * From multi-echo complex images to the local field: brain mask, phase offset, unwrapping, echo fit
 * with its noise, background removal.
 *
 * <p>This package is the face: the way through all steps, its settings, and the local field that
 * comes out. The steps live in the rooms {@code field.mask}, {@code field.phase}, {@code
 * field.fit}, {@code field.background} and {@code field.check}; what they share lives in {@code
 * field.data}. Fields are relative to the main field, in ppm, or in Hz where the name says so;
 * paramagnetic is positive. May use {@code field.background}, {@code field.check}, {@code
 * field.data}, {@code field.fit}, {@code field.mask}, {@code field.phase}, {@code numeric}, {@code
 * volume}.
 */
@NullMarked
package org.qsmnode.field;

import org.jspecify.annotations.NullMarked;
