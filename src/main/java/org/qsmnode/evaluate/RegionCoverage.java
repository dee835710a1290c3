package org.qsmnode.evaluate;

import java.util.List;
import org.qsmnode.volume.Mask;
import org.qsmnode.volume.Volume;

/**
 * Whether the standard deviation of the mean of a region is right, over all labelled regions.
 *
 * @param regions number of regions
 * @param within1Percent regions whose mean errs by up to one standard deviation; nominal 68.27
 * @param within2Percent up to two; nominal 95.45
 * @param meanSquaredZ nominal 1
 */
public record RegionCoverage(
    int regions, double within1Percent, double within2Percent, double meanSquaredZ) {

  /** The standard deviation of a region's mean. */
  private interface Spread {
    double of(Mask region);
  }

  /** From maps drawn from the posterior, which know how errors of neighbours are related. */
  public static RegionCoverage sampled(
      Volume chiPpm,
      List<Volume> samples,
      Volume referencePpm,
      Volume labels,
      Mask mask,
      int leastVoxels) {
    List<MaskedPair> drawn =
        samples.stream().map(sample -> MaskedPair.of(sample, chiPpm, mask)).toList();
    return of(
        chiPpm,
        referencePpm,
        labels,
        mask,
        leastVoxels,
        region -> {
          double squares = 0;
          for (MaskedPair pair : drawn) {
            double difference =
                RegionMeans.mean(pair.map(), region) - RegionMeans.mean(pair.reference(), region);
            squares += difference * difference;
          }
          return Math.sqrt(squares / drawn.size());
        });
  }

  /** As if the errors of all voxels were unrelated, which errors of dipole inversion are not. */
  public static RegionCoverage unrelated(
      Volume chiPpm, Volume sdPpm, Volume referencePpm, Volume labels, Mask mask, int leastVoxels) {
    return of(
        chiPpm,
        referencePpm,
        labels,
        mask,
        leastVoxels,
        region -> {
          double squares = 0;
          for (int i = 0; i < region.data().length; i++) {
            squares += region.data()[i] ? Math.pow(sdPpm.data()[i], 2) : 0;
          }
          return Math.sqrt(squares) / region.count();
        });
  }

  private static RegionCoverage of(
      Volume chiPpm,
      Volume referencePpm,
      Volume labels,
      Mask mask,
      int leastVoxels,
      Spread spread) {
    RegionMeans means = RegionMeans.of(chiPpm, referencePpm, labels, mask, leastVoxels);
    int n = 0;
    int[] within = new int[3];
    double squares = 0;
    for (RegionMeans.Region region : means.regions()) {
      Mask voxels = Strata.with(labels, mask, label -> label == region.label());
      double z = Math.abs(region.differencePpb()) / (1000 * spread.of(voxels));
      n++;
      squares += z * z;
      within[1] += z <= 1 ? 1 : 0;
      within[2] += z <= 2 ? 1 : 0;
    }
    return new RegionCoverage(n, 100.0 * within[1] / n, 100.0 * within[2] / n, squares / n);
  }
}
