/**
 * How close a susceptibility map is to a reference, and whether its standard deviation tells the
 * truth about it. Also how two results of one acquisition differ.
 *
 * <p>Maps are in ppm, those of stored results in ppb; errors relative to a reference are percent.
 * May use {@code inversion}, {@code numeric}, {@code picture}, {@code simulate.cases}, {@code
 * simulate.head}, {@code volume}.
 */
@NullMarked
package org.qsmnode.evaluate;

import org.jspecify.annotations.NullMarked;
