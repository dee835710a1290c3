/**
 * Dipole inversion as its callers see it. A method makes a susceptibility of a local field, with
 * the standard deviation where the method has one, and says why it ended.
 *
 * <p>The methods live in the rooms {@code inversion.classic}, {@code inversion.pdi} and {@code
 * inversion.adapt}; what they share lives in {@code inversion.data} and {@code inversion.error}.
 * Susceptibility is relative to the mean of the mask, in ppm. May use {@code volume}, {@code
 * numeric}, {@code field}, {@code inversion.error}.
 */
@NullMarked
package org.qsmnode.inversion;

import org.jspecify.annotations.NullMarked;
