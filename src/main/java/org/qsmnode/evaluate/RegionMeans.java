package org.qsmnode.evaluate;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.qsmnode.volume.Mask;
import org.qsmnode.volume.Volume;

/**
 * Mean susceptibility of each labelled region in map and reference, both demeaned in the mask.
 *
 * @param regions one per label in ascending order
 * @param biasPpb mean of the differences map - reference (Bland and Altman 1986,
 *     doi:10.1016/S0140-6736(86)90837-8)
 * @param lowPpb bias less 1.96 standard deviations of the differences
 * @param highPpb bias plus 1.96 standard deviations
 * @param slope of the regression of the map's means on the reference's
 * @param rSquared squared correlation of the means
 * @param nucleiSlope slope over the deep grey nuclei alone; NaN for fewer than 2
 * @param nucleiNonlinearity |1 - nucleiSlope|, the DGM linearity of challenge 2.0
 */
public record RegionMeans(
    List<Region> regions,
    double biasPpb,
    double lowPpb,
    double highPpb,
    double slope,
    double rSquared,
    double nucleiSlope,
    double nucleiNonlinearity) {

  /**
   * One region.
   *
   * @param label number in the label volume
   * @param meanPpb mean of the map
   * @param referencePpb mean of the reference
   */
  public record Region(int label, int voxels, double meanPpb, double referencePpb) {

    @JsonIgnore
    double differencePpb() {
      return meanPpb - referencePpb;
    }
  }

  public RegionMeans {
    regions = List.copyOf(regions);
  }

  /** Regions of at least {@code leastVoxels} voxels inside {@code mask}; label 0 is none. */
  public static RegionMeans of(
      Volume chiPpm, Volume referencePpm, Volume labels, Mask mask, int leastVoxels) {
    MaskedPair pair = MaskedPair.of(chiPpm, referencePpm, mask);
    List<Region> regions = new ArrayList<>();
    for (int label : labels(labels, mask)) {
      Mask region = Strata.with(labels, mask, l -> l == label);
      if (region.count() >= leastVoxels) {
        regions.add(
            new Region(
                label,
                region.count(),
                1000 * mean(pair.map(), region),
                1000 * mean(pair.reference(), region)));
      }
    }
    double bias = regions.stream().mapToDouble(Region::differencePpb).average().orElse(Double.NaN);
    double spread =
        Math.sqrt(
            regions.stream().mapToDouble(r -> Math.pow(r.differencePpb() - bias, 2)).sum()
                / Math.max(1, regions.size() - 1));
    List<Region> nuclei = regions.stream().filter(r -> Strata.nucleus(r.label())).toList();
    double nucleiSlope = slope(nuclei);
    return new RegionMeans(
        regions,
        bias,
        bias - 1.96 * spread,
        bias + 1.96 * spread,
        slope(regions),
        Math.pow(Ranks.pearson(means(regions), references(regions)), 2),
        nucleiSlope,
        Math.abs(1 - nucleiSlope));
  }

  /** The labels that occur inside the mask, ascending, without 0. */
  static int[] labels(Volume labels, Mask mask) {
    mask.grid().requireSameDims(labels.grid(), "labels");
    return IntStream.range(0, mask.data().length)
        .filter(i -> mask.data()[i])
        .map(i -> Math.round(labels.data()[i]))
        .filter(label -> label != 0)
        .distinct()
        .sorted()
        .toArray();
  }

  static double mean(double[] values, Mask region) {
    double sum = 0;
    for (int i = 0; i < values.length; i++) {
      sum += region.data()[i] ? values[i] : 0;
    }
    return sum / region.count();
  }

  private static double[] means(List<Region> regions) {
    return regions.stream().mapToDouble(Region::meanPpb).toArray();
  }

  private static double[] references(List<Region> regions) {
    return regions.stream().mapToDouble(Region::referencePpb).toArray();
  }

  private static double slope(List<Region> regions) {
    double meanX = regions.stream().mapToDouble(Region::referencePpb).average().orElse(0);
    double meanY = regions.stream().mapToDouble(Region::meanPpb).average().orElse(0);
    double xy = 0;
    double xx = 0;
    for (Region region : regions) {
      xy += (region.referencePpb() - meanX) * (region.meanPpb() - meanY);
      xx += Math.pow(region.referencePpb() - meanX, 2);
    }
    return xx > 0 ? xy / xx : Double.NaN;
  }
}
