/**
 * What a scanner measures of a head: position and protocol, the field of its susceptibility, and
 * complex gradient-echo images with noise.
 *
 * <p>The field is in ppm, time in seconds, phase in radians growing with the field; patient axes
 * are LPS in millimetres. May use {@code field}, {@code field.background}, {@code numeric}, {@code
 * simulate.head}, {@code volume}.
 */
@NullMarked
package org.qsmnode.simulate.signal;

import org.jspecify.annotations.NullMarked;
