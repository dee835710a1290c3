package org.qsmnode.inversion.pdi;

/**
 * Voxels of the mask that should not be read, in all and by why; a voxel may have several reasons.
 *
 * @param voxels all of them
 * @param fieldUnknown those without a field
 * @param fieldRejected those whose field the map contradicts
 * @param sdAbove100Ppb those with a larger standard deviation
 */
public record UnreadVoxels(int voxels, int fieldUnknown, int fieldRejected, int sdAbove100Ppb) {}
