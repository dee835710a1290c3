package org.qsmnode.field;

import java.util.ArrayList;
import java.util.List;
import org.qsmnode.numeric.DipoleConvolution;
import org.qsmnode.numeric.Fourier;
import org.qsmnode.numeric.GoodSizes;
import org.qsmnode.volume.Grid;
import org.qsmnode.volume.Mask;
import org.qsmnode.volume.Morphology;

/**
 * Whether the sign of the field is that of tissue in air: correlation of the measured field with
 * the field of the whole object at -9.4 ppm against air, both without their trend of second order
 * (dicom.md 1.5), on blocks of about 4 mm. Where the object leaves the image it is continued.
 *
 * <p>Dark parts of a head are bone or air, and the magnitude does not tell which. Thin and thick
 * dark parts each get a share of 0, 1/2 or 1 of tissue; of the nine fields, with either sign, the
 * one nearest to the measured field in ppm is compared.
 */
final class SignCheck {

  private static final double TISSUE_AGAINST_AIR_PPM = -9.4;
  private static final double BLOCK_MM = 4;
  private static final double CLOSING_MM = 12;
  private static final double THICK_MM = 5;

  /** Share of the object's largest cross section that must touch a face to be continued there. */
  private static final double OPEN_SHARE = 0.1;

  private static final double[] SHARES = {0, 0.5, 1};

  private final Blocks blocks;
  private final TotalField total;

  private SignCheck(TotalField total) {
    this.total = total;
    this.blocks = new Blocks(total.grid(), BLOCK_MM);
  }

  /**
   * The correlation; NaN where there are too few voxels or the object predicts no field.
   *
   * @param object voxels with signal
   */
  static double correlation(TotalField total, Mask object) {
    return new SignCheck(total).correlation(object);
  }

  private double correlation(Mask object) {
    int[] places = blocks.filled(total);
    if (places.length < 50) {
      return Double.NaN;
    }
    double[] points = blocks.points(places);
    double[] measured = blocks.field(total, places);
    QuadraticTrend.remove(points, measured);
    List<double[]> parts = new ArrayList<>();
    for (Mask part : parts(object)) {
      float[] expected = expected(blocks.share(part), blocks.share(object));
      double[] values = new double[places.length];
      for (int k = 0; k < places.length; k++) {
        values[k] = expected[places[k]];
      }
      QuadraticTrend.remove(points, values);
      parts.add(values);
    }
    double best = Double.POSITIVE_INFINITY;
    double r = Double.NaN;
    double[] sum = new double[places.length];
    for (double thin : SHARES) {
      for (double thick : SHARES) {
        for (int k = 0; k < sum.length; k++) {
          sum[k] = parts.get(0)[k] + thin * parts.get(1)[k] + thick * parts.get(2)[k];
        }
        double together = dot(measured, sum);
        double misfit = dot(sum, sum) - 2 * Math.abs(together);
        if (misfit < best) {
          best = misfit;
          r = together / Math.sqrt(dot(measured, measured) * dot(sum, sum));
        }
      }
    }
    return r;
  }

  /** Bright, thin dark and thick dark voxels of the object without its dents. */
  private static List<Mask> parts(Mask object) {
    Mask dilated = Morphology.fillHoles(Morphology.dilate(object, CLOSING_MM));
    boolean[] hull = Morphology.erode(dilated, CLOSING_MM).data();
    boolean[] dark = new boolean[hull.length];
    for (int i = 0; i < dark.length; i++) {
      dark[i] = hull[i] && !object.data()[i];
    }
    Mask all = new Mask(object.grid(), dark);
    Mask thick = Morphology.dilate(Morphology.erode(all, THICK_MM), THICK_MM).and(all);
    boolean[] thin = new boolean[dark.length];
    for (int i = 0; i < thin.length; i++) {
      thin[i] = dark[i] && !thick.data()[i];
    }
    return List.of(object, new Mask(object.grid(), thin), thick);
  }

  /** Field of the tissue {@code share}, continued where {@code outline} leaves the image. */
  private float[] expected(float[] share, float[] outline) {
    Grid coarse = blocks.grid();
    int[] n = coarse.dims();
    int[] margin = {n[0] / 2, n[1] / 2, n[2] / 2};
    Grid wide =
        new Grid(
            n[0] + 2 * margin[0],
            n[1] + 2 * margin[1],
            n[2] + 2 * margin[2],
            coarse.dxMm(),
            coarse.dyMm(),
            coarse.dzMm(),
            coarse.orientation());
    boolean[] open = openFaces(coarse, outline);
    float[] chi = new float[wide.size()];
    int[] at = new int[3];
    for (int i = 0; i < chi.length; i++) {
      at[0] = i % wide.nx() - margin[0];
      at[1] = i / wide.nx() % wide.ny() - margin[1];
      at[2] = i / (wide.nx() * wide.ny()) - margin[2];
      boolean known = true;
      for (int a = 0; a < 3; a++) {
        known &= at[a] >= 0 || open[2 * a];
        known &= at[a] < n[a] || open[2 * a + 1];
        at[a] = Math.max(0, Math.min(n[a] - 1, at[a]));
      }
      if (known) {
        chi[i] = (float) TISSUE_AGAINST_AIR_PPM * share[coarse.index(at[0], at[1], at[2])];
      }
    }
    Fourier fourier = new Fourier(wide.dims(), GoodSizes.padded(wide.dims(), 1.5));
    new DipoleConvolution(fourier, wide, total.b0()).apply(chi, chi);
    float[] result = new float[coarse.size()];
    for (int i = 0; i < result.length; i++) {
      int x = i % n[0] + margin[0];
      int y = i / n[0] % n[1] + margin[1];
      int z = i / (n[0] * n[1]) + margin[2];
      result[i] = chi[wide.index(x, y, z)];
    }
    return result;
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

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
