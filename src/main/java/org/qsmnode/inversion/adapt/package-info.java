/**
 * Probabilistic dipole inversion that adapts to the patient, {@code pdi-vi}. Here are the evidence
 * lower bound, its maximisation over means and over sources outside the mask, and the time budget
 * of it all.
 *
 * <p>Susceptibility and standard deviation are in ppm, times in seconds. May use {@code volume},
 * {@code numeric}, {@code field}, {@code network}, {@code inversion.data}, {@code inversion.error},
 * {@code inversion}, {@code inversion.pdi}.
 */
@NullMarked
package org.qsmnode.inversion.adapt;

import org.jspecify.annotations.NullMarked;
