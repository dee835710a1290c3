/**
 * What every dipole inversion needs of a local field: the block around the mask, weights of noise,
 * and what a map leaves of the field. Also edges of the magnitude, and errors beyond noise.
 *
 * <p>Field and susceptibility are in ppm, weights in 1/ppm, voxel edges in mm; arrays run x
 * fastest. May use {@code volume}, {@code numeric}, {@code field}.
 */
@NullMarked
package org.qsmnode.inversion.data;

import org.jspecify.annotations.NullMarked;
