package org.qsmnode.field.mask;

import org.qsmnode.field.data.BoxBlur;
import org.qsmnode.numeric.Quantiles;
import org.qsmnode.volume.Grid;
import org.qsmnode.volume.Mask;

/** Brightness as a share of what brain tissue shows nearby, free of the coils' slow shading. */
final class BrainTissue {

  private static final double SHADING_MM = 25;

  /** Shares of the typical brightness between which voxels tell the shading. */
  private static final double DULL = 0.6;

  private static final double BRIGHT = 1.4;

  private BrainTissue() {}

  /** Magnitude over the local brightness of tissue; tissue in the middle of the object is 1. */
  static float[] relative(Grid grid, float[] magnitude, Mask object) {
    double typical = typical(grid, magnitude, object);
    float[] sum = new float[magnitude.length];
    float[] weight = new float[magnitude.length];
    for (int i = 0; i < sum.length; i++) {
      if (magnitude[i] > DULL * typical && magnitude[i] < BRIGHT * typical) {
        sum[i] = magnitude[i];
        weight[i] = 1;
      }
    }
    BoxBlur blur = BoxBlur.gaussian(grid, SHADING_MM);
    blur.apply(sum);
    blur.apply(weight);
    float[] relative = new float[magnitude.length];
    for (int i = 0; i < relative.length; i++) {
      double local = weight[i] > 1e-3 ? sum[i] / weight[i] : typical;
      relative[i] = (float) (magnitude[i] / local);
    }
    return relative;
  }

  /** Median of what stands out of the background within half a radius of the object's centre. */
  private static double typical(Grid grid, float[] magnitude, Mask object) {
    double[] centre = new double[3];
    int count = 0;
    for (int i = 0; i < magnitude.length; i++) {
      if (object.data()[i]) {
        for (int a = 0; a < 3; a++) {
          centre[a] += mm(grid, i, a);
        }
        count++;
      }
    }
    double radius = Math.cbrt(count * grid.dxMm() * grid.dyMm() * grid.dzMm() * 3 / (4 * Math.PI));
    int voxels = count;
    double[] sorted =
        Quantiles.sorted(
            magnitude.length,
            i -> {
              double squared = 0;
              for (int a = 0; a < 3; a++) {
                squared += Math.pow(mm(grid, i, a) - centre[a] / voxels, 2);
              }
              return object.data()[i] && squared < radius * radius;
            },
            i -> magnitude[i]);
    return sorted.length == 0 ? 1 : Quantiles.median(sorted);
  }

  private static double mm(Grid grid, int i, int axis) {
    return switch (axis) {
      case 0 -> i % grid.nx() * grid.dxMm();
      case 1 -> i / grid.nx() % grid.ny() * grid.dyMm();
      default -> i / (grid.nx() * grid.ny()) * grid.dzMm();
    };
  }

  static Mask between(Grid grid, float[] relative, double low, double high) {
    boolean[] kept = new boolean[relative.length];
    for (int i = 0; i < kept.length; i++) {
      kept[i] = relative[i] > low && relative[i] < high;
    }
    return new Mask(grid, kept);
  }
}
