package org.qsmnode.simulate.head;

import org.jspecify.annotations.Nullable;
import org.qsmnode.numeric.SeededRandom;
import org.qsmnode.volume.Grid;

/**
 * An ellipsoid filled with ellipsoids and boxes of random susceptibility, later ones smaller and
 * over the earlier ones. It has no anatomy that a network could learn by heart.
 */
public final class GeometricHead {

  private static final Tissue[] LOOKS = {
    Tissue.WHITE, Tissue.GREY, Tissue.CSF, Tissue.PUTAMEN, Tissue.PALLIDUM
  };

  private GeometricHead() {}

  public static Head sample(Grid grid, long seed) {
    SeededRandom random = new SeededRandom(seed);
    int[] n = grid.dims();
    byte[] tissue = new byte[grid.size()];
    boolean[] brain = new boolean[grid.size()];
    float[] chi = new float[grid.size()];
    float[] r2Star = new float[grid.size()];
    TissueTable table = TissueTable.individual(seed);
    Body outline =
        new Body(
            new double[] {n[0] / 2.0, n[1] / 2.0, n[2] / 2.0},
            new double[] {
              n[0] * random.uniform(0.36, 0.48),
              n[1] * random.uniform(0.36, 0.48),
              n[2] * random.uniform(0.36, 0.48)
            },
            0,
            true);
    SampleGrid.forEachVoxel(
        grid,
        (x, y, z) -> {
          int i = grid.index(x, y, z);
          brain[i] = outline.holds(x, y, z);
          tissue[i] = (byte) (brain[i] ? Tissue.WHITE : Tissue.AIR).ordinal();
        });
    double spreadPpm = 0.03 * StrictMath.pow(5, random.uniform());
    int bodies = 40 + random.below(80);
    for (int b = 0; b < bodies; b++) {
      double largest = 0.35 / (1 + b / 15.0);
      double[] centre = new double[3];
      double[] half = new double[3];
      for (int a = 0; a < 3; a++) {
        centre[a] = n[a] * random.uniform(0.1, 0.9);
        half[a] = Math.max(1, n[a] * random.uniform(0.2, 1) * largest);
      }
      Body body = new Body(centre, half, random.uniform(-0.8, 0.8), random.uniform() < 0.6);
      float value = (float) (spreadPpm * random.gaussian());
      Tissue look = LOOKS[random.below(LOOKS.length)];
      boolean seen = random.uniform() < 0.7;
      body.fill(grid, brain, chi, value, tissue, seen ? look : null);
    }
    for (int i = 0; i < chi.length; i++) {
      r2Star[i] = (float) table.r2StarHz(Tissue.of(tissue[i]));
    }
    return new Head(grid, tissue, brain, chi, r2Star, new float[grid.size()], table);
  }

  /** An ellipsoid or box, turned in the plane of the slices; lengths in voxels. */
  private static final class Body {

    private final double[] centre;
    private final double[] half;
    private final double cos;
    private final double sin;
    private final boolean round;

    Body(double[] centre, double[] half, double turnRad, boolean round) {
      this.centre = centre;
      this.half = half;
      this.cos = StrictMath.cos(turnRad);
      this.sin = StrictMath.sin(turnRad);
      this.round = round;
    }

    boolean holds(double x, double y, double z) {
      double dx = x - centre[0];
      double dy = y - centre[1];
      double u = (cos * dx + sin * dy) / half[0];
      double v = (cos * dy - sin * dx) / half[1];
      double w = (z - centre[2]) / half[2];
      return round
          ? u * u + v * v + w * w < 1
          : Math.abs(u) < 1 && Math.abs(v) < 1 && Math.abs(w) < 1;
    }

    void fill(
        Grid grid,
        boolean[] brain,
        float[] chi,
        float value,
        byte[] tissue,
        @Nullable Tissue look) {
      double flat = Math.hypot(half[0], half[1]);
      for (int z = first(2, half[2]); z <= last(2, half[2], grid.nz()); z++) {
        for (int y = first(1, flat); y <= last(1, flat, grid.ny()); y++) {
          for (int x = first(0, flat); x <= last(0, flat, grid.nx()); x++) {
            int i = grid.index(x, y, z);
            if (brain[i] && holds(x, y, z)) {
              chi[i] = value;
              tissue[i] = look == null ? tissue[i] : (byte) look.ordinal();
            }
          }
        }
      }
    }

    private int first(int axis, double reach) {
      return Math.max(0, (int) Math.floor(centre[axis] - reach));
    }

    private int last(int axis, double reach, int n) {
      return Math.min(n - 1, (int) Math.ceil(centre[axis] + reach));
    }
  }
}
