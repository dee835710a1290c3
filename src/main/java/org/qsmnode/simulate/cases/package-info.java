/**
 * Dipole inversions whose answer is known: families of cases with their ranges, and one case drawn
 * from a family and a seed. A folder holds a case with its facts.
 *
 * <p>Susceptibility and field are in ppm. Jackson enters for the facts of a case. May use {@code
 * field}, {@code field.data}, {@code numeric}, {@code simulate.head}, {@code simulate.signal},
 * {@code volume}.
 */
@NullMarked
package org.qsmnode.simulate.cases;

import org.jspecify.annotations.NullMarked;
