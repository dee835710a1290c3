package org.qsmnode.volume;

import java.util.List;

/**
 * Content of one NIfTI-1 file, axes and voxel order as stored.
 *
 * @param grid matrix, voxel size and place in the patient (LPS)
 * @param volumes one per time point, at least one, scaled by the file's slope and intercept
 */
public record NiftiImage(Grid grid, List<Volume> volumes) {

  public NiftiImage {
    volumes = List.copyOf(volumes);
    if (volumes.isEmpty()) {
      throw new IllegalArgumentException("volumes must not be empty");
    }
    for (Volume volume : volumes) {
      grid.requireSameDims(volume.grid(), "volumes");
    }
  }

  /** The only volume of a three-dimensional file; fails when there are several. */
  public Volume single() {
    if (volumes.size() != 1) {
      throw new IllegalArgumentException("expected one volume, the image holds " + volumes.size());
    }
    return volumes.get(0);
  }
}
