package org.qsmnode.evaluate;

import java.util.Arrays;
import org.qsmnode.volume.Mask;
import org.qsmnode.volume.Volume;

/**
 * How the error falls when the most uncertain voxels are removed (Ilg et al. 2018,
 * doi:10.1007/978-3-030-01234-2_40). Root mean squared errors of the rest over that of all, for
 * removed parts of 0, 0.01 .. 0.99.
 *
 * @param bySd removed in the order of the standard deviation
 * @param byError removed in the order of the error itself, the best that can be
 * @param ause area between both; 0 is perfect
 * @param aurg area between removing at random, which leaves the error as it is, and {@code bySd};
 *     larger is better, below 0 worse than chance
 */
public record Sparsification(double[] bySd, double[] byError, double ause, double aurg) {

  private static final int STEPS = 100;

  /** Removed parts, 0, 0.01 .. 0.99. */
  static final double[] REMOVED = new double[STEPS];

  static {
    for (int f = 0; f < STEPS; f++) {
      REMOVED[f] = (double) f / STEPS;
    }
  }

  /** Curves inside {@code mask}, in which both maps are demeaned. */
  public static Sparsification of(Volume chiPpm, Volume sdPpm, Volume referencePpm, Mask mask) {
    return of(Errors.of(chiPpm, sdPpm, referencePpm, mask, mask));
  }

  static Sparsification of(Errors errors) {
    double[] size = new double[errors.count()];
    for (int i = 0; i < size.length; i++) {
      size[i] = Math.abs(errors.error()[i]);
    }
    double[] bySd = curve(size, Order.ascending(errors.sd()));
    double[] byError = curve(size, Order.ascending(size));
    double[] random = new double[STEPS];
    Arrays.fill(random, 1);
    return new Sparsification(bySd, byError, area(bySd) - area(byError), area(random) - area(bySd));
  }

  private static double[] curve(double[] size, int[] order) {
    double[] squares = new double[size.length + 1];
    for (int k = 0; k < size.length; k++) {
      squares[k + 1] = squares[k] + size[order[k]] * size[order[k]];
    }
    double all = Math.sqrt(squares[size.length] / size.length);
    double[] curve = new double[STEPS];
    for (int f = 0; f < STEPS; f++) {
      int kept = Math.max(1, size.length - (int) ((long) size.length * f / STEPS));
      curve[f] = all > 0 ? Math.sqrt(squares[kept] / kept) / all : 0;
    }
    return curve;
  }

  /** By the trapezoidal rule. */
  private static double area(double[] curve) {
    double sum = 0;
    for (int f = 1; f < curve.length; f++) {
      sum += 0.5 * (curve[f] + curve[f - 1]) / STEPS;
    }
    return sum;
  }
}
