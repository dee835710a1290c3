/**
 * Heads of known susceptibility: drawn from shapes or taken from labels, with veins, nuclei, air
 * pockets and findings, deformed and sampled on a grid.
 *
 * <p>Susceptibility is in ppm, lengths in millimetres. Every head follows from its seed. May use
 * {@code numeric}, {@code volume}.
 */
@NullMarked
package org.qsmnode.simulate.head;

import org.jspecify.annotations.NullMarked;
