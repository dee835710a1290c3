package org.qsmnode.field.background;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleConsumer;
import org.qsmnode.field.data.TotalField;
import org.qsmnode.numeric.Fourier;
import org.qsmnode.numeric.SphericalMean;
import org.qsmnode.volume.Box;
import org.qsmnode.volume.Grid;
import org.qsmnode.volume.Mask;
import org.qsmnode.volume.Volume;

/**
 * V-SHARP (Schweser et al. 2011, doi:10.1016/j.neuroimage.2010.10.070; Wu et al. 2012,
 * doi:10.1002/mrm.23000). It subtracts from the field its mean over a sphere, which leaves nothing
 * of a harmonic field. Each voxel has the largest sphere that fits into the mask. What the largest
 * sphere did to the local field is undone afterwards.
 *
 * <p>A sphere must lie in the mask wholly. So voxels nearer to the rim than the smallest radius,
 * one and a half voxels, have no local field. The block is padded with zeros by the largest radius,
 * for the means and for the division. In the division the filtered field outside the mask counts as
 * zero.
 */
public final class VSharp implements BackgroundRemoval {

  private static final double SMALLEST_VOXELS = 1.5;
  private static final double SMALLEST_STEP_MM = 1;
  private static final double WHOLE = 0.9999;

  private final double largestMm;
  private final double threshold;

  public VSharp(double largestMm, double threshold) {
    this.largestMm = largestMm;
    this.threshold = threshold;
  }

  @Override
  public String name() {
    return "vsharp";
  }

  @Override
  public String parameters() {
    return String.format(Locale.ROOT, "largestMm=%s threshold=%s", largestMm, threshold);
  }

  @Override
  public Result remove(TotalField total, DoubleConsumer progress) {
    Box box = Box.around(total.mask(), 0);
    Grid grid = box.grid();
    boolean[] inside = box.crop(total.mask()).data();
    float[] field = box.crop(KnownField.everywhere(total)).data();
    List<Double> radii = radii(grid);
    double largest = radii.get(0);
    Fourier fourier = new Fourier(grid.dims(), SphericalMean.padded(grid, largest));
    float[] filtered = new float[field.length];
    boolean[] done = new boolean[field.length];
    float[] share = new float[field.length];
    float[] mean = new float[field.length];
    float[] inverse = {};
    for (int k = 0; k < radii.size(); k++) {
      SphericalMean sphere = new SphericalMean(fourier, grid.voxelMm(), radii.get(k));
      for (int i = 0; i < share.length; i++) {
        share[i] = inside[i] ? 1 : 0;
      }
      sphere.apply(share, share);
      sphere.apply(field, mean);
      for (int i = 0; i < field.length; i++) {
        if (inside[i] && !done[i] && share[i] > WHOLE) {
          filtered[i] = field[i] - mean[i];
          done[i] = true;
        }
      }
      inverse = k == 0 ? inverse(sphere.multiplier()) : inverse;
      progress.accept((k + 1.0) / (radii.size() + 1));
    }
    fourier.convolve(filtered, inverse, filtered);
    for (int i = 0; i < filtered.length; i++) {
      filtered[i] = done[i] ? filtered[i] : 0;
    }
    return new Result(
        box.embed(new Volume(grid, filtered)).data(),
        box.embed(new Mask(grid, done)),
        String.format(
            Locale.ROOT,
            "Background field by V-SHARP: %d radii from %.1f to %.1f mm, threshold %s.",
            radii.size(),
            largest,
            radii.get(radii.size() - 1),
            threshold));
  }

  private List<Double> radii(Grid grid) {
    double edge = Math.max(grid.dxMm(), Math.max(grid.dyMm(), grid.dzMm()));
    double shortest = Math.min(grid.dxMm(), Math.min(grid.dyMm(), grid.dzMm()));
    double smallest = SMALLEST_VOXELS * edge;
    double largest = Math.max(largestMm, smallest);
    int steps = (int) Math.ceil((largest - smallest) / Math.max(SMALLEST_STEP_MM, shortest) - 1e-9);
    List<Double> radii = new ArrayList<>();
    for (int k = 0; k <= steps; k++) {
      radii.add(steps == 0 ? largest : largest + (smallest - largest) * k / steps);
    }
    return radii;
  }

  private float[] inverse(float[] sphere) {
    float[] inverse = new float[sphere.length];
    for (int i = 0; i < sphere.length; i++) {
      double kept = 1 - sphere[i];
      inverse[i] = Math.abs(kept) > threshold ? (float) (1 / kept) : 0;
    }
    return inverse;
  }
}
