package org.qsmnode.evaluate;

import java.util.Optional;
import org.qsmnode.volume.Grid;
import org.qsmnode.volume.Mask;
import org.qsmnode.volume.Vector3;
import org.qsmnode.volume.Volume;

/**
 * The maps of a result as they are stored.
 *
 * @param meanPpb mean, 0 outside the mask
 * @param sdPpb standard deviation, negative outside the mask; empty where the method gives none
 */
public record ResultMaps(Volume meanPpb, Optional<Volume> sdPpb) {

  private static final double SAME_PLACE_MM = 0.01;

  public ResultMaps {
    sdPpb.ifPresent(sd -> meanPpb.grid().requireSameDims(sd.grid(), "sdPpb"));
  }

  /**
   * Where the result has values: where it has a standard deviation, or where the mean is not 0 if
   * there is none. In the second case voxels inside that happen to be 0 are missing.
   */
  Mask mask() {
    if (sdPpb.isEmpty()) {
      return Mask.nonZero(meanPpb);
    }
    float[] sd = sdPpb.get().data();
    boolean[] inside = new boolean[sd.length];
    for (int i = 0; i < inside.length; i++) {
      inside[i] = sd[i] >= 0;
    }
    return new Mask(meanPpb.grid(), inside);
  }

  /** Whether both have the same voxels, their corners closer than 0.01 mm. */
  public boolean sameVoxels(ResultMaps other) {
    Grid a = meanPpb.grid();
    Grid b = other.meanPpb.grid();
    return a.sameDims(b)
        && close(a.positionMm(0, 0, 0), b.positionMm(0, 0, 0))
        && close(a.positionMm(a.nx(), 0, 0), b.positionMm(b.nx(), 0, 0))
        && close(a.positionMm(0, a.ny(), 0), b.positionMm(0, b.ny(), 0))
        && close(a.positionMm(0, 0, a.nz()), b.positionMm(0, 0, b.nz()));
  }

  private static boolean close(Vector3 a, Vector3 b) {
    return a.minus(b).norm() < SAME_PLACE_MM;
  }
}
