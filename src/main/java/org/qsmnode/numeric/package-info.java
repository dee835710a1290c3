/**
 * Numerical tools without knowledge of DICOM or of any pipeline: Fourier transforms, dipole kernel,
 * gradients, conjugate gradients, padding, parallel loops, seeded randomness, progress.
 *
 * <p>Arrays are ordered x fastest: index = x + nx * (y + ny * z). Lengths are millimetres.
 * JTransforms enters the product here and nowhere else. May use {@code volume}.
 */
@NullMarked
package org.qsmnode.numeric;

import org.jspecify.annotations.NullMarked;
