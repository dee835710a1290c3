/**
 * Simulated acquisitions of known susceptibility: heads, fields, gradient-echo signals, and the
 * vendors' DICOM that would hold them.
 *
 * <p>Susceptibility and field are in ppm, lengths in millimetres (patient axes LPS), times in
 * seconds, phase in radians growing with the field. Everything follows from a seed. May use {@code
 * volume}, {@code numeric}, {@code series}, dcm4che data and io, and Jackson for the manifest.
 */
@NullMarked
package org.qsmnode.simulate;

import org.jspecify.annotations.NullMarked;
