package org.qsmnode.field.background;

import java.util.Locale;
import java.util.function.DoubleConsumer;
import org.qsmnode.field.data.TotalField;
import org.qsmnode.numeric.SphericalMean;
import org.qsmnode.volume.Box;
import org.qsmnode.volume.Grid;
import org.qsmnode.volume.Mask;
import org.qsmnode.volume.Volume;

/**
 * Iterated spherical mean value (iSMV, Wen et al. 2014, doi:10.1002/mrm.24998). The background
 * keeps the value of the total field near the rim. Everywhere else its mean over a sphere replaces
 * it until it no longer changes, which makes it harmonic there.
 *
 * <p>Voxels whose sphere reaches out of the mask have no local field: one radius is given up at the
 * rim. The block is padded by the radius; nothing outside the mask enters a mean that is used.
 */
final class IteratedMean implements BackgroundRemoval {

  private static final int ITERATIONS = 500;
  private static final double TOLERANCE = 1e-4;
  private static final double WHOLE = 0.9999;

  private final double radiusMm;

  IteratedMean(double radiusMm) {
    this.radiusMm = radiusMm;
  }

  @Override
  public String name() {
    return "ismv";
  }

  @Override
  public String parameters() {
    return String.format(Locale.ROOT, "radiusMm=%s", radiusMm);
  }

  @Override
  public Result remove(TotalField total, DoubleConsumer progress) {
    Box box = Box.around(total.mask(), 0);
    Mask mask = box.crop(total.mask());
    Grid grid = mask.grid();
    float[] field = box.crop(KnownField.everywhere(total)).data();
    SphericalMean sphere = new SphericalMean(grid, radiusMm);
    float[] share = mask.toVolume().data();
    sphere.apply(share, share);
    boolean[] inner = new boolean[field.length];
    for (int i = 0; i < inner.length; i++) {
      inner[i] = mask.data()[i] && share[i] > WHOLE;
    }
    float[] background = field.clone();
    float[] mean = new float[field.length];
    double size = change(inner, field, mean);
    double change = size;
    int iterations = 0;
    while (iterations < ITERATIONS && change > TOLERANCE * size) {
      sphere.apply(background, mean);
      change = change(inner, background, mean);
      for (int i = 0; i < mean.length; i++) {
        background[i] = inner[i] ? mean[i] : background[i];
      }
      progress.accept((double) ++iterations / ITERATIONS);
    }
    for (int i = 0; i < field.length; i++) {
      field[i] = inner[i] ? field[i] - background[i] : 0;
    }
    return new Result(
        box.embed(new Volume(grid, field)).data(),
        box.embed(new Mask(grid, inner)),
        String.format(
            Locale.ROOT,
            "Background field by iterated means over spheres of %.1f mm: %d iterations.",
            radiusMm,
            iterations));
  }

  private static double change(boolean[] where, float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      double d = where[i] ? a[i] - b[i] : 0;
      sum += d * d;
    }
    return Math.sqrt(sum);
  }
}
