package org.qsmnode.simulate.signal;

import java.util.Random;
import org.qsmnode.volume.Grid;

/** Smooth phase and sensitivity of a combined receive coil, the same at every echo. */
final class ReceivePhase {

  private final Grid grid;
  private final double constant;
  private final double[] slope = new double[3];
  private final double[] centre = new double[3];

  ReceivePhase(Grid grid, long seed) {
    this.grid = grid;
    Random random = new Random(seed ^ 0x5deece66dL);
    constant = 2 * Math.PI * (random.nextDouble() - 0.5);
    for (int a = 0; a < 3; a++) {
      slope[a] = 0.8 * random.nextGaussian();
      centre[a] = 0.2 * random.nextGaussian();
    }
  }

  double phase(int x, int y, int z) {
    double u = 2.0 * x / grid.nx() - 1;
    double v = 2.0 * y / grid.ny() - 1;
    double w = 2.0 * z / grid.nz() - 1;
    return constant + slope[0] * u + slope[1] * v + slope[2] * w - Math.PI * distance(u, v, w) / 3;
  }

  double sensitivity(int x, int y, int z) {
    double u = 2.0 * x / grid.nx() - 1;
    double v = 2.0 * y / grid.ny() - 1;
    double w = 2.0 * z / grid.nz() - 1;
    return 0.8 + 0.1 * distance(u, v, w);
  }

  private double distance(double u, double v, double w) {
    double du = u - centre[0];
    double dv = v - centre[1];
    double dw = w - centre[2];
    return du * du + dv * dv + dw * dw;
  }
}
