/**
 * Simulated studies: from a seed to DICOM files with a manifest and the susceptibility behind them.
 *
 * <p>Heads live in {@code simulate.head}, what a scanner measures of them in {@code
 * simulate.signal}, the vendors' files in {@code simulate.dicom}. Dipole inversions whose answer is
 * known live in {@code simulate.cases}. Everything follows from a seed. Jackson enters for the
 * manifest. May use {@code digest}, {@code numeric}, {@code simulate.dicom}, {@code simulate.head},
 * {@code simulate.signal}, {@code volume}.
 */
@NullMarked
package org.qsmnode.simulate;

import org.jspecify.annotations.NullMarked;
