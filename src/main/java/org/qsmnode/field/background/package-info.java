/**
 * Background removal: the field of the sources outside the mask is taken from the field of all
 * sources, by one of several methods.
 *
 * <p>Fields are in ppm, lengths in mm. A method may leave a smaller mask than it was given. May use
 * {@code field.data}, {@code numeric}, {@code volume}.
 */
@NullMarked
package org.qsmnode.field.background;

import org.jspecify.annotations.NullMarked;
