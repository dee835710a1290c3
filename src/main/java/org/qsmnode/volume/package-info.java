/**
 * Three-dimensional images and their geometry.
 *
 * <p>Voxel index = x + nx * (y + ny * z), x fastest. Patient coordinates are DICOM LPS in
 * millimetres. Field and susceptibility are relative, in ppm; time in seconds; phase in radians in
 * [-pi, pi); field strength in tesla. Holds no outside library. May use nothing of the product.
 */
@NullMarked
package org.qsmnode.volume;

import org.jspecify.annotations.NullMarked;
