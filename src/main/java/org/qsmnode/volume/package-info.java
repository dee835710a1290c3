/**
 * Three-dimensional images and their geometry.
 *
 * <p>Voxel index = x + nx * (y + ny * z), x fastest. Patient coordinates are DICOM LPS in
 * millimetres. Field and susceptibility are relative, in ppm; time in seconds; phase in radians in
 * [-pi, pi); field strength in tesla. This package uses nothing of the product and no outside
 * library.
 */
@NullMarked
package org.qsmnode.volume;

import org.jspecify.annotations.NullMarked;
