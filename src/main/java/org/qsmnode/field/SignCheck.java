package org.qsmnode.field;

import java.util.Arrays;
import java.util.Optional;
import org.qsmnode.numeric.DipoleConvolution;
import org.qsmnode.numeric.Fourier;
import org.qsmnode.numeric.GoodSizes;
import org.qsmnode.volume.Grid;
import org.qsmnode.volume.Mask;
import org.qsmnode.volume.Morphology;

/**
 * Whether the sign of the field is that of tissue in air: correlation of the measured field with
 * the field of the object at -9.4 ppm against air, both without their trend of second order
 * (dicom.md 1.5), on blocks of about 5 mm. Where the object leaves the image it is continued.
 *
 * <p>Dark parts of a head are air or bone, and the magnitude does not tell which. Their
 * susceptibility is fitted to the measured field, between that of tissue and that of air, in few
 * steps, once for the field as it is and once for the field turned round. On simulated heads and a
 * real one the right sign gave 0.39 to 0.78, the turned one less by 0.14 to 0.76.
 */
final class SignCheck {

  private static final double AIR_AGAINST_TISSUE_PPM = 9.4;
  private static final double BLOCK_MM = 5;
  private static final double CLOSING_MM = 12;
  private static final double LEAST_RMS_PPM = 0.05;
  private static final double CLEARLY = 0.1;
  private static final int STEPS = 10;

  /** Inverse of the largest eigenvalue, (2/3)^2, of the normal operator of the dipole kernel. */
  private static final double STEP_LENGTH = 2.25;

  /** Share of the object's largest cross section that must touch a face to be continued there. */
  private static final double OPEN_SHARE = 0.1;

  private final Continuation wide;
  private final DipoleConvolution dipole;
  private final int[] places;
  private final QuadraticTrend trend;
  private final double[] measured;

  private SignCheck(TotalField total, Blocks blocks, int[] places, boolean[] open) {
    this.wide = new Continuation(blocks.grid(), open);
    Fourier fourier = new Fourier(wide.grid.dims(), GoodSizes.padded(wide.grid.dims(), 1.3));
    this.dipole = new DipoleConvolution(fourier, wide.grid, total.b0());
    this.places = places;
    this.trend = new QuadraticTrend(blocks.points(places));
    this.measured = blocks.field(total, places);
    trend.remove(measured);
  }

  /**
   * How well the field is explained.
   *
   * @param right correlation of the field with its fit
   * @param turned correlation of the field turned round with its fit
   */
  record Verdict(double right, double turned) {

    /**
     * Whether the turned field is explained at least as well as {@code level}, and clearly better;
     * for a negative level, whether the field as it is fails to be clearly better.
     */
    boolean conflict(double level) {
      return level < 0 ? right - turned <= CLEARLY : turned > level && turned - right > CLEARLY;
    }
  }

  /**
   * Both correlations; empty where there are too few voxels, or where the field is so even that its
   * sign cannot be told: heads have 0.11 to 0.15 ppm, objects without air cavities a few
   * hundredths.
   *
   * @param object voxels with signal
   */
  static Optional<Verdict> judge(TotalField total, Mask object) {
    Blocks blocks = new Blocks(total.grid(), BLOCK_MM);
    int[] places = blocks.filled(total);
    if (places.length < 50) {
      return Optional.empty();
    }
    Mask hull =
        Morphology.erode(Morphology.fillHoles(Morphology.dilate(object, CLOSING_MM)), CLOSING_MM);
    float[] bright = blocks.share(object);
    SignCheck check = new SignCheck(total, blocks, places, openFaces(blocks.grid(), bright));
    double power = QuadraticTrend.dot(check.measured, check.measured) / places.length;
    if (power < LEAST_RMS_PPM * LEAST_RMS_PPM) {
      return Optional.empty();
    }
    float[] outside = check.wide.extend(blocks.share(hull));
    float[] tissue = check.wide.extend(bright);
    float[] low = new float[outside.length];
    float[] high = new float[outside.length];
    for (int i = 0; i < low.length; i++) {
      double air = 1 - Math.max(outside[i], tissue[i]);
      double dark = 1 - air - tissue[i];
      high[i] = (float) (AIR_AGAINST_TISSUE_PPM * (air + dark));
      low[i] = (float) (AIR_AGAINST_TISSUE_PPM * air);
    }
    return Optional.of(new Verdict(check.fit(low, high, 1), check.fit(low, high, -1)));
  }

  /** Correlation of {@code sign} times the field with its best fit by sources within bounds. */
  private double fit(float[] low, float[] high, int sign) {
    float[] sources = high.clone();
    float[] ahead = sources.clone();
    float[] work = new float[sources.length];
    double momentum = 1;
    for (int step = 0; step < STEPS; step++) {
      double[] left = modelled(ahead, work);
      for (int k = 0; k < left.length; k++) {
        left[k] = sign * measured[k] - left[k];
      }
      Arrays.fill(work, 0);
      for (int k = 0; k < left.length; k++) {
        work[wide.index(places[k])] = (float) left[k];
      }
      dipole.apply(work, work);
      double next = (1 + Math.sqrt(1 + 4 * momentum * momentum)) / 2;
      for (int i = 0; i < work.length; i++) {
        double moved = ahead[i] + STEP_LENGTH * work[i];
        float bounded = (float) Math.max(low[i], Math.min(high[i], moved));
        ahead[i] = (float) (bounded + (momentum - 1) / next * (bounded - sources[i]));
        sources[i] = bounded;
      }
      momentum = next;
    }
    double[] model = modelled(sources, work);
    double size = QuadraticTrend.dot(measured, measured) * QuadraticTrend.dot(model, model);
    return sign * QuadraticTrend.dot(measured, model) / Math.sqrt(size);
  }

  private double[] modelled(float[] sources, float[] work) {
    dipole.apply(sources, work);
    double[] values = new double[places.length];
    for (int k = 0; k < values.length; k++) {
      values[k] = work[wide.index(places[k])];
    }
    trend.remove(values);
    return values;
  }

  /** Faces (x low, x high, y low, ...) through which the object leaves the image. */
  private static boolean[] openFaces(Grid grid, float[] share) {
    boolean[] open = new boolean[6];
    int[] n = grid.dims();
    for (int a = 0; a < 3; a++) {
      double[] section = new double[n[a]];
      for (int i = 0; i < share.length; i++) {
        int[] at = {i % n[0], i / n[0] % n[1], i / (n[0] * n[1])};
        section[at[a]] += share[i];
      }
      double largest = 0;
      for (double s : section) {
        largest = Math.max(largest, s);
      }
      open[2 * a] = section[0] > OPEN_SHARE * largest;
      open[2 * a + 1] = section[n[a] - 1] > OPEN_SHARE * largest;
    }
    return open;
  }

  /** A grid with a margin of a quarter on every side; open faces continue into it. */
  private static final class Continuation {
    private final Grid inner;
    private final Grid grid;
    private final int[] margin = new int[3];
    private final boolean[] open;

    Continuation(Grid inner, boolean[] open) {
      this.inner = inner;
      this.open = open;
      int[] n = inner.dims();
      for (int a = 0; a < 3; a++) {
        margin[a] = (n[a] + 3) / 4;
        n[a] += 2 * margin[a];
      }
      this.grid =
          new Grid(n[0], n[1], n[2], inner.dxMm(), inner.dyMm(), inner.dzMm(), inner.orientation());
    }

    int index(int innerIndex) {
      int x = innerIndex % inner.nx() + margin[0];
      int y = innerIndex / inner.nx() % inner.ny() + margin[1];
      return grid.index(x, y, innerIndex / (inner.nx() * inner.ny()) + margin[2]);
    }

    float[] extend(float[] values) {
      float[] result = new float[grid.size()];
      int[] n = inner.dims();
      int[] at = new int[3];
      for (int i = 0; i < result.length; i++) {
        at[0] = i % grid.nx() - margin[0];
        at[1] = i / grid.nx() % grid.ny() - margin[1];
        at[2] = i / (grid.nx() * grid.ny()) - margin[2];
        boolean known = true;
        for (int a = 0; a < 3; a++) {
          known &= at[a] >= 0 || open[2 * a];
          known &= at[a] < n[a] || open[2 * a + 1];
          at[a] = Math.max(0, Math.min(n[a] - 1, at[a]));
        }
        result[i] = known ? values[inner.index(at[0], at[1], at[2])] : 0;
      }
      return result;
    }
  }
}
