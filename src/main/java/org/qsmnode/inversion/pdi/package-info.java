/**
 * Supervised probabilistic dipole inversion, {@code pdi}. Here are the model on disk, the channels
 * that its network sees, and the posterior that its outputs stand for. Also which voxels of a map
 * may be read.
 *
 * <p>Susceptibility and standard deviation are in ppm. May use {@code digest}, {@code field},
 * {@code inversion}, {@code inversion.classic}, {@code inversion.data}, {@code inversion.error},
 * {@code network}, {@code numeric}, {@code volume}.
 */
@NullMarked
package org.qsmnode.inversion.pdi;

import org.jspecify.annotations.NullMarked;
