package org.qsmnode.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.qsmnode.numeric.SeededRandom;
import org.qsmnode.volume.Grid;
import org.qsmnode.volume.Mask;
import org.qsmnode.volume.Vector3;
import org.qsmnode.volume.Volume;

class RegionsTest {

  /** Six slabs of 20 voxels in x, labelled 1 to 5 and 8. */
  private static Volume slabs(double... values) {
    Grid grid = Grid.isotropic(12, 10, 1, 1);
    Volume volume = Volume.zeros(grid);
    for (int i = 0; i < grid.size(); i++) {
      volume.data()[i] = (float) values[i % 12 / 2];
    }
    return volume;
  }

  @Test
  void meansOfRegionsGiveBiasLimitsAndSlopes() {
    double[] truth = {0.04, 0.13, 0.03, 0.10, 0.15, -0.03};
    double[] map = {0.03, 0.11, 0.03, 0.09, 0.12, -0.02};
    Volume labels = slabs(1, 2, 3, 4, 5, 8);
    Mask mask = Mask.full(labels.grid());
    RegionMeans found = RegionMeans.of(slabs(map), slabs(truth), labels, mask, 8);
    double meanTruth = 0.42 / 6;
    double meanMap = 0.36 / 6;
    double xy = 0;
    double xx = 0;
    double yy = 0;
    double squares = 0;
    for (int r = 0; r < 6; r++) {
      double t = truth[r] - meanTruth;
      double m = map[r] - meanMap;
      xy += t * m;
      xx += t * t;
      yy += m * m;
      squares += Math.pow(m - t, 2);
    }
    assertEquals(6, found.regions().size());
    assertEquals(1000 * (0.11 - meanMap), found.regions().get(1).meanPpb(), 1e-4);
    assertEquals(0, found.biasPpb(), 1e-4, "both are demeaned and all regions are equal in size");
    assertEquals(1960 * Math.sqrt(squares / 5), found.highPpb(), 1e-3);
    assertEquals(-1960 * Math.sqrt(squares / 5), found.lowPpb(), 1e-3);
    assertEquals(xy / xx, found.slope(), 1e-5);
    assertEquals(xy * xy / (xx * yy), found.rSquared(), 1e-5);
    double nxy = 0;
    double nxx = 0;
    for (int r = 0; r < 5; r++) {
      nxy += (truth[r] - 0.09) * (map[r] - 0.076);
      nxx += Math.pow(truth[r] - 0.09, 2);
    }
    assertEquals(nxy / nxx, found.nucleiSlope(), 1e-5);
    assertEquals(Math.abs(1 - nxy / nxx), found.nucleiNonlinearity(), 1e-5);
  }

  @Test
  void smallRegionsAndTheBackgroundAreLeftOut() {
    Volume labels = slabs(0, 2, 3, 4, 5, 8);
    labels.data()[0] = 7;
    RegionMeans found =
        RegionMeans.of(
            slabs(0, 1, 2, 3, 4, 5), slabs(0, 1, 2, 3, 4, 5), labels, Mask.full(labels.grid()), 8);
    assertEquals(5, found.regions().size());
  }

  @Test
  void aPartWhoseReferenceIsConstantHasAnErrorButNoRelativeOne() {
    Volume labels = slabs(8, 8, 8, 11, 9, 9);
    Volume truth = slabs(0, 0.01, 0, 0.2, 0.03, 0.02);
    Volume map = slabs(0, 0.01, 0.01, 0.18, 0.03, 0.02);
    Evaluation found =
        Evaluation.of(
            new Evaluation.Input(
                map,
                Optional.empty(),
                truth,
                Mask.full(labels.grid()),
                Optional.of(labels),
                List.of(),
                Vector3.Z));
    Evaluation.Stratum veins = Objects.requireNonNull(found.strata().get("veins"));
    assertTrue(Double.isNaN(veins.nrmsePercent()));
    assertEquals(1000 * (0.02 - 0.01 / 6), veins.rmsePpb(), 0.1);
    Evaluation.Stratum white = Objects.requireNonNull(found.strata().get("white"));
    assertTrue(white.nrmsePercent() > 0);
  }

  @Test
  void partsFollowLabelsAndDepth() {
    Grid grid = Grid.isotropic(15, 15, 15, 1);
    Volume labels = Volume.zeros(grid);
    Arrays.fill(labels.data(), 8);
    labels.data()[grid.index(7, 7, 7)] = 11;
    labels.data()[grid.index(3, 3, 3)] = 2;
    labels.data()[grid.index(3, 3, 4)] = 7;
    Map<String, Mask> strata = Strata.of(labels, Mask.full(grid));
    assertEquals(1, count(strata, "veins"));
    assertEquals(27, count(strata, "blood"));
    assertEquals(2, count(strata, "deep grey"));
    assertEquals(1, count(strata, "nuclei"));
    assertEquals(grid.size() - 2, count(strata, "tissue"));
    assertEquals(7 * 7 * 7, count(strata, "interior"));
    assertEquals(grid.size() - 7 * 7 * 7, count(strata, "edge"));
    assertFalse(strata.containsKey("lesions"), "parts without voxels are absent");
  }

  private static int count(Map<String, Mask> strata, String part) {
    return Objects.requireNonNull(strata.get(part)).count();
  }

  @Test
  void aCalcificationIsSegmentedAndItsMomentAndStreaksMeasured() {
    Grid grid = Grid.isotropic(40, 40, 40, 1);
    Volume labels = Volume.zeros(grid);
    Volume truth = Volume.zeros(grid);
    Volume map = Volume.zeros(grid);
    new SeededRandom(1).fillGaussian(truth.data());
    float[] noise = new float[grid.size()];
    new SeededRandom(2).fillGaussian(noise);
    for (int i = 0; i < grid.size(); i++) {
      truth.data()[i] *= 0.005f;
      map.data()[i] = 0.8f * truth.data()[i] + 0.002f * noise[i];
    }
    for (int z = 18; z < 22; z++) {
      for (int y = 18; y < 22; y++) {
        for (int x = 18; x < 22; x++) {
          int i = grid.index(x, y, z);
          labels.data()[i] = 16;
          truth.data()[i] = -1;
          map.data()[i] = x < 21 ? -0.9f : 0;
        }
      }
    }
    Mask mask = Mask.full(grid);
    CalcificationScore found = CalcificationScore.of(map, truth, labels, mask).orElseThrow();
    double meanMap = mean(map);
    double meanTruth = mean(truth);
    double least = 0;
    for (int i = 0; i < grid.size(); i++) {
      int reach = reach(grid, i);
      if (reach > 3 && reach <= 11) {
        least = Math.min(least, map.data()[i] - meanMap);
      }
    }
    assertTrue(found.thresholdPpm() <= least && found.thresholdPpm() > least - 0.01);
    assertEquals(0, found.thresholdPpm() * 100 % 1, 1e-9);
    double moment = 64 * (-1 - meanTruth) - 48 * (-0.9 - meanMap);
    assertEquals(Math.abs(moment), found.momentPpmVoxels(), 0.05);
    assertEquals(0.002 / 0.9, found.streak(), 0.1 * 0.002 / 0.9);
    assertEquals(Optional.empty(), CalcificationScore.of(map, truth, Volume.zeros(grid), mask));
  }

  /** How many voxels beyond the cube 18..21 along the farthest axis. */
  private static int reach(Grid grid, int i) {
    int[] at = {i % grid.nx(), i / grid.nx() % grid.ny(), i / (grid.nx() * grid.ny())};
    int reach = 0;
    for (int a : at) {
      reach = Math.max(reach, Math.max(18 - a, a - 21));
    }
    return reach;
  }

  private static double mean(Volume volume) {
    double sum = 0;
    for (float value : volume.data()) {
      sum += value;
    }
    return sum / volume.data().length;
  }
}
