/**
 * Pictures of results: slices of a volume and line plots, with letters of their own, so that no
 * font of the machine shows.
 *
 * <p>Pictures are in pixels, values in the unit of what is drawn. May use {@code volume}.
 */
@NullMarked
package org.qsmnode.picture;

import org.jspecify.annotations.NullMarked;
