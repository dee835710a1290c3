/**
 * Dipole inversion: susceptibility, and its standard deviation where the method has one, from the
 * field.
 *
 * <p>Susceptibility is relative to the mean of the mask, in ppm. May use {@code volume}, {@code
 * numeric}, {@code field}.
 */
@NullMarked
package org.qsmnode.inversion;

import org.jspecify.annotations.NullMarked;
