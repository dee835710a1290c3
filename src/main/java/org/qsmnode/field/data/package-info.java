/**
 * What every step of field mapping shares: echoes as images, the field of all sources, coarse
 * blocks, running means. Here are also the reasons for which there is no field.
 *
 * <p>Phase is in radians, echo times in seconds, fields in ppm; arrays run x fastest. May use
 * {@code numeric}, {@code volume}.
 */
@NullMarked
package org.qsmnode.field.data;

import org.jspecify.annotations.NullMarked;
