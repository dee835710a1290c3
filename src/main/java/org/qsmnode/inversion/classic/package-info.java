/**
 * Dipole inversions without a network: {@code tkd}, {@code tv} and {@code gaussian} with their
 * settings.
 *
 * <p>Susceptibility is relative to the mean of the mask, in ppm; regularisation weights are in
 * 1/(ppm/mm). May use {@code volume}, {@code numeric}, {@code field}, {@code inversion.data},
 * {@code inversion.error}, {@code inversion}.
 */
@NullMarked
package org.qsmnode.inversion.classic;

import org.jspecify.annotations.NullMarked;
