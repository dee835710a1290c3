/**
 * Supervised probabilistic dipole inversion, {@code pdi}. Here are the model on disk, the channels
 * that its network sees, and the posterior that its outputs stand for. Also which voxels of a map
 * may be read.
 *
 * <p>Susceptibility and standard deviation are in ppm. May use {@code volume}, {@code numeric},
 * {@code field}, {@code network}, {@code inversion.data}, {@code inversion.error}, {@code
 * inversion}, {@code inversion.classic}.
 */
@NullMarked
package org.qsmnode.inversion.pdi;

import org.jspecify.annotations.NullMarked;
