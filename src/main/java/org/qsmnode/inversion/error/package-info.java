/**
 * What the errors of a susceptibility map are like: calibration of standard deviations, errors that
 * voxels of like susceptibility share, and their spectrum. Also draws of maps with errors of that
 * kind.
 *
 * <p>Means and standard deviations are in ppm, frequencies in cycles per mm. May use {@code
 * volume}, {@code numeric}, {@code inversion.data}.
 */
@NullMarked
package org.qsmnode.inversion.error;

import org.jspecify.annotations.NullMarked;
