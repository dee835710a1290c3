package org.qsmnode.simulate.cases;

import java.util.Arrays;
import org.qsmnode.numeric.SeededRandom;
import org.qsmnode.volume.Grid;

/**
 * Edges of the voxels of whole heads in mm, their largest number, and the sub-voxels in which the
 * signal is made. Edges grow where a head would have more voxels.
 */
enum VoxelRanges {
  /** Voxels as coarse as training needs, divided. */
  USUAL(
      new double[] {1.4, 2.1},
      new double[] {0.9, 1.5},
      new double[] {1.5, 3},
      Division.IN_TWO,
      8e5),
  /** Voxels as most protocols have them, divided. */
  FINE(
      new double[] {1, 1.6}, new double[] {0.8, 1.3}, new double[] {1.2, 2.5}, Division.BY_MM, 5e6),
  /** Voxels as most protocols have them, or coarser where the field is mapped; not divided. */
  SHARP(
      new double[] {1, 1.6}, new double[] {0.8, 1.3}, new double[] {1.2, 2.5}, Division.NONE, 5e6);

  /** How voxels are divided into sub-voxels. */
  private enum Division {
    NONE,
    IN_TWO,
    BY_MM
  }

  /** Part of the heads whose voxels are cubes. */
  private static final double CUBES = 0.45;

  /** Most voxels of a head whose field is not mapped. */
  private static final double LARGEST_EXACT_VOXELS = 1.1e6;

  /**
   * Most voxels of a mapped head of usual voxels. Fewer than of others, since the head around the
   * brain and the neck have sub-voxels too.
   */
  private static final double LARGEST_MAPPED_VOXELS = 8e5;

  /** Slice over edge in the plane from which a slice is thick. */
  private static final double THICK = 1.5;

  /** Largest edge of the sub-voxels of fine cases; smaller ones would take too much memory. */
  private static final double FINE_SAMPLING_MM = 1.05;

  /**
   * Largest edge of the sub-voxels of every fifth fine case. Its voxels stay undivided, as most
   * simulations of fine heads have them.
   */
  private static final double UNDIVIDED_MM = 3;

  private static final int UNDIVIDED_EVERY = 5;

  private final double[] cubeMm;
  private final double[] inPlaneMm;
  private final double[] sliceMm;
  private final Division division;
  private final double mostMapped;

  VoxelRanges(
      double[] cubeMm, double[] inPlaneMm, double[] sliceMm, Division division, double mostMapped) {
    this.cubeMm = cubeMm;
    this.inPlaneMm = inPlaneMm;
    this.sliceMm = sliceMm;
    this.division = division;
    this.mostMapped = mostMapped;
  }

  /**
   * Edges of voxels in mm.
   *
   * @param inPlane edge in the plane of slices
   * @param slice distance of slices
   */
  record Edges(double inPlane, double slice) {

    /** These edges, both larger so that {@code volumeMm3} has at most {@code most} voxels. */
    Edges bounded(double volumeMm3, double most) {
      double grown = StrictMath.cbrt(Math.max(1, volumeMm3 / (inPlane * inPlane * slice) / most));
      return new Edges(inPlane * grown, slice * grown);
    }
  }

  Edges edges(SeededRandom random) {
    if (random.uniform() < CUBES) {
      double edge = random.uniform(cubeMm[0], cubeMm[1]);
      return new Edges(edge, edge);
    }
    double inPlane = random.uniform(inPlaneMm[0], inPlaneMm[1]);
    return new Edges(inPlane, random.uniform(sliceMm[0], sliceMm[1]));
  }

  /** Most voxels of one head. */
  double most(boolean mapped, SeededRandom random) {
    if (!mapped) {
      return LARGEST_EXACT_VOXELS;
    }
    return this == SHARP
        ? mostMapped * StrictMath.pow(LARGEST_MAPPED_VOXELS / mostMapped, random.uniform())
        : mostMapped;
  }

  /** Whether tissues end at the edges of voxels, without a point spread. */
  boolean sharp() {
    return division == Division.NONE;
  }

  /**
   * Sub-voxels per axis. Where voxels are not divided, the dipole loses at fine frequencies what a
   * tilted field has across two axes. A thick slice of a mapped head is divided once more. Even
   * noise is for fields as others simulate them, on the voxels themselves.
   */
  int[] factor(long seed, boolean mapped, boolean evenNoise, Grid grid) {
    return switch (division) {
      case NONE -> new int[] {1, 1, 1};
      case BY_MM -> {
        double most = Math.floorMod(seed, UNDIVIDED_EVERY) == 0 ? UNDIVIDED_MM : FINE_SAMPLING_MM;
        yield Arrays.stream(grid.voxelMm()).mapToInt(e -> (int) Math.ceil(e / most)).toArray();
      }
      case IN_TWO ->
          mapped
              ? new int[] {2, 2, grid.dzMm() > THICK * grid.dxMm() ? 3 : 2}
              : evenNoise ? new int[] {1, 1, 1} : new int[] {2, 2, 2};
    };
  }
}
