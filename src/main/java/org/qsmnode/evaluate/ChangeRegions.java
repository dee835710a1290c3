package org.qsmnode.evaluate;

import java.util.LinkedHashMap;
import java.util.Map;
import org.qsmnode.volume.Grid;
import org.qsmnode.volume.Mask;
import org.qsmnode.volume.Morphology;
import org.qsmnode.volume.Vector3;
import org.qsmnode.volume.Volume;

/**
 * Regions that exist without an atlas. They go by depth below the rim of the mask, by octant about
 * its centre along the patient's axes, and by older value. None of them is an organ or a tissue.
 */
final class ChangeRegions {

  /** Where the older map counts as clearly positive or negative. */
  static final double CLEAR_PPB = 50;

  /** Depth from which the value of the older map is trusted to sort voxels. */
  static final double SURE_MM = 4;

  static final String WHOLE = "whole mask";

  private static final double[] SHELLS_MM = {0, SURE_MM, 10, 20, Double.POSITIVE_INFINITY};

  private ChangeRegions() {}

  /** The regions that hold voxels of {@code mask}, by name, the whole mask first. */
  static Map<String, Mask> of(Volume beforePpb, Mask mask) {
    Map<String, Mask> regions = new LinkedHashMap<>();
    put(regions, WHOLE, mask, i -> true);
    float[] depthMm = Morphology.depthMm(mask).data();
    for (int s = 0; s + 1 < SHELLS_MM.length; s++) {
      double from = SHELLS_MM[s];
      double to = SHELLS_MM[s + 1];
      String name =
          Double.isInfinite(to)
              ? "deeper than %.0f mm".formatted(from)
              : "%.0f to %.0f mm deep".formatted(from, to);
      put(regions, name, mask, i -> depthMm[i] > from && depthMm[i] <= to);
    }
    byte[] octants = octants(mask);
    for (int octant = 0; octant < 8; octant++) {
      byte wanted = (byte) octant;
      put(regions, name(octant), mask, i -> octants[i] == wanted);
    }
    float[] before = beforePpb.data();
    put(regions, "old above +50 ppb", mask, i -> depthMm[i] > SURE_MM && before[i] > CLEAR_PPB);
    put(regions, "old below -50 ppb", mask, i -> depthMm[i] > SURE_MM && before[i] < -CLEAR_PPB);
    put(
        regions,
        "old within 50 ppb of 0",
        mask,
        i -> depthMm[i] > SURE_MM && Math.abs(before[i]) <= CLEAR_PPB);
    return regions;
  }

  @FunctionalInterface
  private interface Choice {
    boolean takes(int voxel);
  }

  private static void put(Map<String, Mask> regions, String name, Mask mask, Choice choice) {
    boolean[] inside = mask.data().clone();
    for (int i = 0; i < inside.length; i++) {
      inside[i] = inside[i] && choice.takes(i);
    }
    Mask region = new Mask(mask.grid(), inside);
    if (region.count() > 0) {
      regions.put(name, region);
    }
  }

  /** LPS: growing x is left, y posterior, z superior. */
  private static String name(int octant) {
    return ((octant & 1) != 0 ? "left" : "right")
        + ((octant & 2) != 0 ? " posterior" : " anterior")
        + ((octant & 4) != 0 ? " superior" : " inferior");
  }

  private static byte[] octants(Mask mask) {
    Grid grid = mask.grid();
    double[] sum = new double[3];
    forEachVoxel(
        mask,
        (x, y, z) -> {
          sum[0] += x;
          sum[1] += y;
          sum[2] += z;
        });
    double count = Math.max(1, mask.count());
    Vector3 centre = grid.positionMm(sum[0] / count, sum[1] / count, sum[2] / count);
    byte[] octants = new byte[grid.size()];
    forEachVoxel(
        mask,
        (x, y, z) -> {
          Vector3 from = grid.positionMm(x, y, z).minus(centre);
          octants[grid.index(x, y, z)] =
              (byte) ((from.x() > 0 ? 1 : 0) | (from.y() > 0 ? 2 : 0) | (from.z() > 0 ? 4 : 0));
        });
    return octants;
  }

  @FunctionalInterface
  private interface Visitor {
    void visit(int x, int y, int z);
  }

  private static void forEachVoxel(Mask mask, Visitor visitor) {
    Grid grid = mask.grid();
    for (int z = 0, i = 0; z < grid.nz(); z++) {
      for (int y = 0; y < grid.ny(); y++) {
        for (int x = 0; x < grid.nx(); x++, i++) {
          if (mask.data()[i]) {
            visitor.visit(x, y, z);
          }
        }
      }
    }
  }
}
