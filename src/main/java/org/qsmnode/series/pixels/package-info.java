/**
 * Assembly of recognised acquisitions to volumes: decoding of pixels, scale and sign of the phase,
 * alternation between slices, masks of segmentation objects.
 *
 * <p>Phase is in radians, geometry LPS in millimetres. From outside enter dcm4che data and io. May
 * use {@code series.find}, {@code series.header}, {@code volume}.
 */
@NullMarked
package org.qsmnode.series.pixels;

import org.jspecify.annotations.NullMarked;
