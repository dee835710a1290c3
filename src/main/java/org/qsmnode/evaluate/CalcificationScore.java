package org.qsmnode.evaluate;

import java.util.Optional;
import org.qsmnode.volume.Box;
import org.qsmnode.volume.Mask;
import org.qsmnode.volume.Morphology;
import org.qsmnode.volume.Volume;

/**
 * The largest calcification as in the reconstruction challenge 2.0 (Marques et al. 2021,
 * doi:10.1002/mrm.28754), maps demeaned in the mask. A cube reaches 3 voxels beyond it, a rim 4
 * more, a surrounding another 4. The map's own segment is what lies in the cube below a threshold.
 * The threshold is the one nearest to 0, in steps of 0.01 ppm, that no voxel of rim and surrounding
 * falls below.
 *
 * @param thresholdPpm the threshold
 * @param momentPpmVoxels |voxels times mean of the calcification in the reference - the same of the
 *     segment in the map|
 * @param streak standard deviation in the rim of what a line through map against reference leaves,
 *     over |mean of the segment|; NaN for an empty segment
 */
public record CalcificationScore(double thresholdPpm, double momentPpmVoxels, double streak) {

  private static final int LABEL = 16;
  private static final int CUBE = 3;
  private static final int SHELL = 4;

  /** Empty where {@code labels} hold no calcification inside {@code mask}. */
  public static Optional<CalcificationScore> of(
      Volume chiPpm, Volume referencePpm, Volume labels, Mask mask) {
    Mask all = Strata.with(labels, mask, label -> label == LABEL);
    if (all.count() == 0) {
      return Optional.empty();
    }
    Mask stone = Morphology.largestComponent(all);
    MaskedPair pair = MaskedPair.of(chiPpm, referencePpm, mask);
    boolean[] cube = inside(stone, CUBE, mask);
    boolean[] rim = inside(stone, CUBE + SHELL, mask);
    boolean[] outer = inside(stone, CUBE + 2 * SHELL, mask);
    double least = 0;
    for (int i = 0; i < cube.length; i++) {
      rim[i] &= !cube[i];
      least = outer[i] && !cube[i] ? Math.min(least, pair.map()[i]) : least;
    }
    double threshold = -Math.ceil(-least * 100 - 1e-9) / 100;
    double expected = 0;
    double found = 0;
    int voxels = 0;
    for (int i = 0; i < cube.length; i++) {
      expected += stone.data()[i] ? pair.reference()[i] : 0;
      if (cube[i] && pair.map()[i] < threshold) {
        found += pair.map()[i];
        voxels++;
      }
    }
    double mean = voxels > 0 ? Math.abs(found / voxels) : Double.NaN;
    return Optional.of(
        new CalcificationScore(threshold, Math.abs(expected - found), scatter(pair, rim) / mean));
  }

  private static boolean[] inside(Mask stone, int margin, Mask mask) {
    Box box = Box.around(stone, margin);
    boolean[] part = new boolean[mask.data().length];
    for (int z = box.z(); z < box.z() + box.nz(); z++) {
      for (int y = box.y(); y < box.y() + box.ny(); y++) {
        for (int x = box.x(); x < box.x() + box.nx(); x++) {
          part[mask.grid().index(x, y, z)] = mask.at(x, y, z);
        }
      }
    }
    return part;
  }

  private static double scatter(MaskedPair pair, boolean[] rim) {
    double n = 0;
    double x = 0;
    double y = 0;
    double xx = 0;
    double xy = 0;
    double yy = 0;
    for (int i = 0; i < rim.length; i++) {
      if (rim[i]) {
        double t = pair.reference()[i];
        double m = pair.map()[i];
        n++;
        x += t;
        y += m;
        xx += t * t;
        xy += t * m;
        yy += m * m;
      }
    }
    double sxx = xx - x * x / n;
    double sxy = xy - x * y / n;
    double syy = yy - y * y / n;
    double rest = sxx > 0 ? syy - sxy * sxy / sxx : syy;
    return Math.sqrt(Math.max(0, rest) / (n - 1));
  }
}
