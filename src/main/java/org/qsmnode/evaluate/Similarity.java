package org.qsmnode.evaluate;

import java.util.Arrays;
import org.qsmnode.volume.Grid;
import org.qsmnode.volume.Mask;
import org.qsmnode.volume.Volume;

/**
 * Peak signal to noise and structural similarity as different papers compute them; figures of
 * different names cannot be compared. Maps are demeaned inside the mask and 0 outside first. For
 * the first three the smallest value is subtracted inside the mask and both are scaled by their
 * joint largest value to 0..255.
 *
 * @param psnr2016Db 20 log10(255 / root mean squared error over the whole volume), as in the 2016
 *     challenge (Langkammer et al. 2018, doi:10.1002/mrm.26830)
 * @param ssim2016 window of 5 Gaussian taps of 1.5 voxels, constants 0.01 and 0.03 times 255, mean
 *     over the mask
 * @param ssimCornell window of 11 taps, constants 0.01^2 and 0.03^2 without the range, mean over
 *     the whole volume, so that background counts as alike
 * @param xsimU5 XSIM of {@link Accuracy#xsimG7} with an even window of 5 taps cut at the borders
 */
public record Similarity(double psnr2016Db, double ssim2016, double ssimCornell, double xsimU5) {

  private static final double RANGE = 255;

  /** Compares {@code chiPpm} with {@code referencePpm} inside {@code mask}. */
  public static Similarity of(Volume chiPpm, Volume referencePpm, Mask mask) {
    return of(MaskedPair.of(chiPpm, referencePpm, mask));
  }

  static Similarity of(MaskedPair pair) {
    Grid grid = pair.mask().grid();
    double least =
        Math.min(
            Arrays.stream(pair.map()).min().orElse(0),
            Arrays.stream(pair.reference()).min().orElse(0));
    double most =
        Math.max(
            Arrays.stream(pair.map()).max().orElse(0),
            Arrays.stream(pair.reference()).max().orElse(0));
    double[] x = scaled(pair.map(), pair.mask(), least, most);
    double[] t = scaled(pair.reference(), pair.mask(), least, most);
    double squares = 0;
    for (int i = 0; i < x.length; i++) {
      squares += (x[i] - t[i]) * (x[i] - t[i]);
    }
    double psnr = 20 * Math.log10(RANGE / Math.sqrt(squares / x.length));
    double c1 = Math.pow(0.01 * RANGE, 2);
    double c2 = Math.pow(0.03 * RANGE, 2);
    double[] narrow = SeparableFilter.gaussian(1.5, 2);
    double[] wide = SeparableFilter.gaussian(1.5, 5);
    double[] even = {0.2, 0.2, 0.2, 0.2, 0.2};
    return new Similarity(
        psnr,
        pair.mean(new StructuralSimilarity(grid, narrow, c1, c2, false).map(x, t)),
        Arrays.stream(new StructuralSimilarity(grid, wide, 1e-4, 9e-4, false).map(x, t))
            .average()
            .orElse(0),
        pair.mean(
            new StructuralSimilarity(grid, even, Accuracy.C1, Accuracy.C2, true)
                .map(pair.map(), pair.reference())));
  }

  private static double[] scaled(double[] values, Mask mask, double least, double most) {
    double[] scaled = new double[values.length];
    double factor = most > least ? RANGE / (most - least) : 0;
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] = mask.data()[i] ? factor * (values[i] - least) : 0;
    }
    return scaled;
  }
}
