/**
 * Training of the networks of probabilistic dipole inversion from cases of known answer: cached
 * network inputs, patches, loss, the loop with checkpoints, calibration, and the model card.
 *
 * <p>Susceptibility is in ppm. A run follows from its recipe and its cases: the same engine on the
 * same kind of processor gives the same weights, also when it was interrupted. May use everything
 * of the lower tiers but the DICOM side.
 */
@NullMarked
package org.qsmnode.train;

import org.jspecify.annotations.NullMarked;
