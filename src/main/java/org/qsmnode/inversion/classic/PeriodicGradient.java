package org.qsmnode.inversion.classic;

import org.qsmnode.numeric.Fourier;
import org.qsmnode.numeric.Parallel;

/** Differences to the next voxel along each axis, per mm, on a periodic grid. */
final class PeriodicGradient {

  private final int[] dims;
  private final double[] voxelMm;
  private final float[] perMm;
  private final int[] step;

  PeriodicGradient(int[] dims, double[] voxelMm) {
    this.dims = dims;
    this.voxelMm = voxelMm;
    step = new int[] {1, dims[0], dims[0] * dims[1]};
    perMm = new float[3];
    for (int a = 0; a < 3; a++) {
      perMm[a] = (float) (1 / voxelMm[a]);
    }
  }

  /** What happens with the difference at a place. */
  @FunctionalInterface
  interface Visitor {
    void visit(int axis, int place, float perMm);
  }

  /** A value made of the difference at a place. */
  @FunctionalInterface
  interface Value {
    double of(int axis, int place, float perMm);
  }

  /** A vector field, given by its component at a place. */
  @FunctionalInterface
  interface Component {
    float at(int axis, int place);
  }

  /** Squared gradient as a factor for each frequency, in 1/mm^2. */
  float[] multiplier(Fourier fourier) {
    return fourier.multiplier((kx, ky, kz) -> squared(0, kx) + squared(1, ky) + squared(2, kz));
  }

  private double squared(int axis, int k) {
    double perMm = 2 * Math.sin(Math.PI * k / dims[axis]) / voxelMm[axis];
    return perMm * perMm;
  }

  /** Visits the differences of {@code values}; places in different planes at the same time. */
  void each(float[] values, Visitor visitor) {
    Parallel.run(
        dims[2],
        (from, to) -> {
          for (int z = from, i = from * step[2]; z < to; z++) {
            for (int y = 0; y < dims[1]; y++) {
              for (int x = 0; x < dims[0]; x++, i++) {
                float here = values[i];
                visitor.visit(0, i, perMm[0] * (values[next(i, x, 0)] - here));
                visitor.visit(1, i, perMm[1] * (values[next(i, y, 1)] - here));
                visitor.visit(2, i, perMm[2] * (values[next(i, z, 2)] - here));
              }
            }
          }
        });
  }

  /** Sum over all differences of {@code values}. */
  double sum(float[] values, Value value) {
    double[] planes = new double[dims[2]];
    each(values, (axis, i, perMm) -> planes[i / step[2]] += value.of(axis, i, perMm));
    double sum = 0;
    for (double plane : planes) {
      sum += plane;
    }
    return sum;
  }

  /** The adjoint of the gradient. */
  void adjoint(Component component, float[] out) {
    Parallel.run(
        dims[2],
        (from, to) -> {
          for (int z = from, i = from * step[2]; z < to; z++) {
            for (int y = 0; y < dims[1]; y++) {
              for (int x = 0; x < dims[0]; x++, i++) {
                out[i] =
                    perMm[0] * (component.at(0, last(i, x, 0)) - component.at(0, i))
                        + perMm[1] * (component.at(1, last(i, y, 1)) - component.at(1, i))
                        + perMm[2] * (component.at(2, last(i, z, 2)) - component.at(2, i));
              }
            }
          }
        });
  }

  private int next(int i, int at, int axis) {
    return at + 1 < dims[axis] ? i + step[axis] : i + step[axis] * (1 - dims[axis]);
  }

  private int last(int i, int at, int axis) {
    return at > 0 ? i - step[axis] : i + step[axis] * (dims[axis] - 1);
  }
}
