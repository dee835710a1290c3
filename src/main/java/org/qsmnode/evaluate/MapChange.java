package org.qsmnode.evaluate;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.qsmnode.volume.Mask;
import org.qsmnode.volume.Volume;

/**
 * How a new result differs from an older one of the acquisition, over the voxels that both have.
 * Differences are new less old, in ppb. It says how far the results agree, not which is right.
 *
 * @param voxels voxels that both have
 * @param onlyOld voxels that only the older one has
 * @param onlyNew voxels that only the new one has
 * @param biasPpb mean difference; not 0 only because the masks differ, as the mean of each is 0
 * @param sdPpb standard deviation of the differences
 * @param medianAbsolutePpb median of the absolute differences
 * @param percentile95Ppb absolute difference that 95 % of the voxels do not exceed
 * @param percentile99Ppb absolute difference that 99 % of the voxels do not exceed
 * @param lowPpb lower limit of agreement: bias less 1.96 standard deviations (Bland and Altman
 *     1986, doi:10.1016/S0140-6736(86)90837-8)
 * @param highPpb upper limit of agreement
 * @param correlation Pearson correlation of the values; 0 where one map is constant
 * @param slope of the regression of new on old; NaN where the old map is constant
 * @param beyondTwoSdPercent voxels whose absolute difference is more than twice the older standard
 *     deviation; NaN where there is none
 * @param regions as {@link ChangeRegions} has them, the whole mask first
 */
public record MapChange(
    int voxels,
    int onlyOld,
    int onlyNew,
    double biasPpb,
    double sdPpb,
    double medianAbsolutePpb,
    double percentile95Ppb,
    double percentile99Ppb,
    double lowPpb,
    double highPpb,
    double correlation,
    double slope,
    double beyondTwoSdPercent,
    List<Region> regions) {

  private static final double LIMITS = 1.96;

  public MapChange {
    regions = List.copyOf(regions);
  }

  /**
   * One region; a mean standard deviation is NaN where a result has none.
   *
   * @param sdOfDifferencesPpb scatter of the differences between voxels
   * @param oldSdPpb mean of the older standard deviation
   * @param newSdPpb mean of the new standard deviation
   */
  public record Region(
      String name,
      int voxels,
      double oldPpb,
      double newPpb,
      double differencePpb,
      double sdOfDifferencesPpb,
      double oldSdPpb,
      double newSdPpb) {}

  /**
   * Compares two results.
   *
   * @throws IllegalArgumentException if they have other voxels or none in common
   */
  public static MapChange of(ResultMaps before, ResultMaps after) {
    if (!before.sameVoxels(after)) {
      throw new IllegalArgumentException("the older result has other voxels");
    }
    Mask common = before.mask().and(after.mask());
    int n = common.count();
    if (n == 0) {
      throw new IllegalArgumentException("the results have no voxels in common");
    }
    double[] x = inside(before.meanPpb(), common);
    double[] y = inside(after.meanPpb(), common);
    double[] absolute = new double[n];
    for (int i = 0; i < n; i++) {
      absolute[i] = Math.abs(y[i] - x[i]);
    }
    double beyond = Double.NaN;
    if (before.sdPpb().isPresent()) {
      double[] sd = inside(before.sdPpb().get(), common);
      int count = 0;
      for (int i = 0; i < n; i++) {
        count += absolute[i] > 2 * sd[i] ? 1 : 0;
      }
      beyond = 100.0 * count / n;
    }
    Arrays.sort(absolute);
    List<Region> regions =
        ChangeRegions.of(before.meanPpb(), common).entrySet().stream()
            .map(region -> region(region.getKey(), region.getValue(), before, after))
            .toList();
    double bias = regions.get(0).differencePpb();
    double sd = regions.get(0).sdOfDifferencesPpb();
    return new MapChange(
        n,
        before.mask().count() - n,
        after.mask().count() - n,
        bias,
        sd,
        0.5 * (absolute[(n - 1) / 2] + absolute[n / 2]),
        percentile(absolute, 0.95),
        percentile(absolute, 0.99),
        bias - LIMITS * sd,
        bias + LIMITS * sd,
        Ranks.pearson(x, y),
        slope(x, y),
        beyond,
        regions);
  }

  private static Region region(String name, Mask region, ResultMaps before, ResultMaps after) {
    double[] x = inside(before.meanPpb(), region);
    double[] y = inside(after.meanPpb(), region);
    double meanX = mean(x);
    double meanY = mean(y);
    double squares = 0;
    for (int i = 0; i < x.length; i++) {
      squares += Math.pow(y[i] - x[i] - (meanY - meanX), 2);
    }
    return new Region(
        name,
        x.length,
        meanX,
        meanY,
        meanY - meanX,
        Math.sqrt(squares / Math.max(1, x.length - 1)),
        before.sdPpb().map(sd -> mean(inside(sd, region))).orElse(Double.NaN),
        after.sdPpb().map(sd -> mean(inside(sd, region))).orElse(Double.NaN));
  }

  static double[] inside(Volume volume, Mask mask) {
    double[] values = new double[mask.count()];
    int n = 0;
    for (int i = 0; i < mask.data().length; i++) {
      if (mask.data()[i]) {
        values[n++] = volume.data()[i];
      }
    }
    return values;
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElse(Double.NaN);
  }

  /** The smallest value that is not exceeded by a share of all values. */
  private static double percentile(double[] sorted, double share) {
    return sorted[(int) Math.ceil(share * sorted.length) - 1];
  }

  private static double slope(double[] x, double[] y) {
    double meanX = mean(x);
    double meanY = mean(y);
    double xy = 0;
    double xx = 0;
    for (int i = 0; i < x.length; i++) {
      xy += (x[i] - meanX) * (y[i] - meanY);
      xx += Math.pow(x[i] - meanX, 2);
    }
    return xx > 0 ? xy / xx : Double.NaN;
  }

  /** The change in one line. */
  public String summary() {
    return String.format(
        Locale.ROOT,
        "new less old: mean %+.1f ppb, SD %.1f, 95 %% within %.1f; correlation %.3f, slope %.2f",
        biasPpb,
        sdPpb,
        percentile95Ppb,
        correlation,
        slope);
  }
}
