/**
 * Susceptibility maps to derived DICOM series, linked to every source image. Classic MR Image
 * Storage has signed 16 bit, one stored unit = 1 ppb. Parametric Map Storage has floating point in
 * ppb. Classic series can be read back.
 *
 * <p>Maps enter in ppm with background 0 and leave in ppb. Patient, study and geometry attributes
 * keep the bytes of the source. Patient attributes never enter a message. From outside enter
 * dcm4che data and io. May use {@code digest}, {@code numeric}, {@code series.header}, {@code
 * series.pixels}, {@code volume}.
 */
@NullMarked
package org.qsmnode.derive;

import org.jspecify.annotations.NullMarked;
