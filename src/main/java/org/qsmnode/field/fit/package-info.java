/**
 * The fit of frequency, amplitude and decay to the echoes of every voxel. Noise of the images gives
 * the standard deviation of the field.
 *
 * <p>Slopes are in rad/s, decay rates in 1/s, magnitude and its noise in the unit of the images.
 * May use {@code field.data}, {@code numeric}, {@code volume}.
 */
@NullMarked
package org.qsmnode.field.fit;

import org.jspecify.annotations.NullMarked;
