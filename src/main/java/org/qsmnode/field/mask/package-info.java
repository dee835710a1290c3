/**
 * The voxels that field mapping works on: the object and the brain found in the magnitude, and the
 * rim that poor phase takes off.
 *
 * <p>Lengths are in mm, volumes of masks in cubic centimetres. May use {@code field.data}, {@code
 * numeric}, {@code volume}.
 */
@NullMarked
package org.qsmnode.field.mask;

import org.jspecify.annotations.NullMarked;
