/**
 * Training of the networks of probabilistic dipole inversion from cases of known answer. Here are
 * cached network inputs, patches, loss, the loop with checkpoints, calibration, and the model card.
 *
 * <p>Susceptibility is in ppm. A run follows from its recipe and its cases. One engine on one kind
 * of processor gives equal weights, also when the run was interrupted. Nothing of the DICOM side is
 * used. May use {@code field}, {@code inversion}, {@code inversion.adapt}, {@code inversion.error},
 * {@code inversion.pdi}, {@code network}, {@code numeric}, {@code picture}, {@code simulate.cases},
 * {@code simulate.head}, {@code volume}.
 */
@NullMarked
package org.qsmnode.train;

import org.jspecify.annotations.NullMarked;
