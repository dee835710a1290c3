/**
 * Simulated acquisitions of known susceptibility: heads, fields, gradient-echo signals, the
 * vendors' DICOM that would hold them, and dipole inversions whose answer is known.
 *
 * <p>Susceptibility and field are in ppm, lengths in millimetres (patient axes LPS), times in
 * seconds, phase in radians growing with the field. Everything follows from a seed. From outside
 * enter dcm4che data and io, and Jackson for the manifest and the facts of a case. May use {@code
 * field}, {@code field.background}, {@code field.data}, {@code numeric}, {@code series.header},
 * {@code volume}.
 */
@NullMarked
package org.qsmnode.simulate;

import org.jspecify.annotations.NullMarked;
