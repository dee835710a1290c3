package org.qsmnode.simulate.head;

import org.qsmnode.volume.Grid;
import org.qsmnode.volume.Vector3;

/**
 * Balls of air that press into the surface of the brain from the skull. One is at the pole of the
 * right frontal lobe, one below the left temporal lobe.
 */
final class AirPockets {

  private static final Vector3 FRONTAL = new Vector3(-0.25, -1, -0.2).unit();
  private static final Vector3 TEMPORAL = new Vector3(0.8, -0.15, -0.6).unit();
  private static final double FRONTAL_MM = 12;
  private static final double TEMPORAL_MM = 10;

  private AirPockets() {}

  /** Turns brain, fluid, vessels and bone inside the balls to air outside the brain. */
  static void add(Grid grid, byte[] tissue, boolean[] brain) {
    Vector3 frontal = centre(grid, brain, FRONTAL, FRONTAL_MM);
    Vector3 temporal = centre(grid, brain, TEMPORAL, TEMPORAL_MM);
    SampleGrid.forEachVoxel(
        grid,
        (x, y, z) -> {
          Vector3 p = grid.positionMm(x, y, z);
          int i = grid.index(x, y, z);
          boolean inside =
              p.minus(frontal).norm() < FRONTAL_MM || p.minus(temporal).norm() < TEMPORAL_MM;
          if (inside && (brain[i] || gives(Tissue.of(tissue[i])))) {
            tissue[i] = (byte) Tissue.AIR.ordinal();
            brain[i] = false;
          }
        });
  }

  private static boolean gives(Tissue tissue) {
    return switch (tissue) {
      case CSF, VEIN, BONE, MARROW -> true;
      default -> false;
    };
  }

  /** Half a radius outside the point of the brain that lies farthest in a direction. */
  private static Vector3 centre(Grid grid, boolean[] brain, Vector3 direction, double radiusMm) {
    Vector3 farthest = new Vector3(0, 0, 0);
    double most = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < brain.length; i++) {
      if (brain[i]) {
        Vector3 p =
            grid.positionMm(i % grid.nx(), i / grid.nx() % grid.ny(), i / grid.nx() / grid.ny());
        double along = p.dot(direction);
        if (along > most) {
          most = along;
          farthest = p;
        }
      }
    }
    return farthest.plus(direction.times(radiusMm / 2));
  }
}
