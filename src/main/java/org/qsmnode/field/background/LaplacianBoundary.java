package org.qsmnode.field.background;

import java.util.Locale;
import java.util.function.DoubleConsumer;
import org.qsmnode.field.data.TotalField;
import org.qsmnode.numeric.ConjugateGradient;
import org.qsmnode.volume.Box;
import org.qsmnode.volume.Grid;
import org.qsmnode.volume.Mask;
import org.qsmnode.volume.Neighbours;
import org.qsmnode.volume.Volume;

/**
 * Laplacian boundary value (Zhou et al. 2014, doi:10.1002/nbm.3064). The background is the harmonic
 * field that equals the total field on the outermost layer of the mask. There the local field is
 * taken for zero.
 *
 * <p>That layer is given up; its noise and its local field spread inwards as a harmonic field. No
 * padding: nothing outside the mask is used.
 */
final class LaplacianBoundary implements BackgroundRemoval {

  private static final double TOLERANCE = 1e-4;

  @Override
  public String name() {
    return "lbv";
  }

  @Override
  public String parameters() {
    return String.format(Locale.ROOT, "tolerance=%s", TOLERANCE);
  }

  @Override
  public Result remove(TotalField total, DoubleConsumer progress) {
    Box box = Box.around(total.mask(), 0);
    Mask mask = box.crop(total.mask());
    Grid grid = mask.grid();
    float[] field = box.crop(KnownField.everywhere(total)).data();
    boolean[] interior = new boolean[field.length];
    for (int i = 0; i < interior.length; i++) {
      interior[i] = mask.data()[i] && !Neighbours.touches(grid, i, j -> !mask.data()[j]);
    }
    Mask inner = new Mask(grid, interior);
    float[] background = field.clone();
    ConjugateGradient.Outcome outcome =
        HarmonicFill.solve(inner, mask, background, TOLERANCE, progress);
    float[] local = new float[field.length];
    for (int i = 0; i < local.length; i++) {
      local[i] = interior[i] ? field[i] - background[i] : 0;
    }
    return new Result(
        box.embed(new Volume(grid, local)).data(),
        box.embed(inner),
        String.format(
            Locale.ROOT,
            "Background field by Laplacian boundary values: %d iterations at full resolution,"
                + " relative residual %.5f.",
            outcome.iterations(),
            outcome.relativeResidual()));
  }
}
