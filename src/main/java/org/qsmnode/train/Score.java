package org.qsmnode.train;

import java.util.Map;
import java.util.TreeMap;
import org.qsmnode.inversion.error.SdCalibration;
import org.qsmnode.simulate.head.TissueGroup;

/**
 * Errors of start map and network over voxels, both with their means inside the mask removed, and
 * how well the standard deviation tells the error. Grows by {@link #add}.
 */
final class Score {

  /** Key of the score of all voxels of a case. */
  static final String ALL = "all";

  private long voxels;
  private double truthSquares;
  private double startSquares;
  private double networkSquares;
  private double zSquares;
  private double logLoss;
  private final long[] within = new long[3];

  /** One voxel: truth, start map, mean and standard deviation, ppm. */
  void add(double truth, double start, double mean, double sd) {
    double error = mean - truth;
    double z = Math.abs(error / sd);
    voxels++;
    truthSquares += truth * truth;
    startSquares += (start - truth) * (start - truth);
    networkSquares += error * error;
    zSquares += z * z;
    logLoss += 0.5 * z * z + Math.log(sd);
    for (int deviations = 1; deviations <= 3; deviations++) {
      within[deviations - 1] += z < deviations ? 1 : 0;
    }
  }

  void add(Score other) {
    voxels += other.voxels;
    truthSquares += other.truthSquares;
    startSquares += other.startSquares;
    networkSquares += other.networkSquares;
    zSquares += other.zSquares;
    logLoss += other.logLoss;
    for (int d = 0; d < within.length; d++) {
      within[d] += other.within[d];
    }
  }

  long voxels() {
    return voxels;
  }

  double startNrmsePercent() {
    return 100 * Math.sqrt(startSquares / truthSquares);
  }

  double networkNrmsePercent() {
    return 100 * Math.sqrt(networkSquares / truthSquares);
  }

  double meanZSquare() {
    return zSquares / voxels;
  }

  double meanLogLoss() {
    return logLoss / voxels;
  }

  /** Percent of voxels within 1, 2 or 3 standard deviations. */
  double withinPercent(int deviations) {
    return 100.0 * within[deviations - 1] / voxels;
  }

  /** Scores of a case by {@link #ALL} and the names of tissues. */
  static Map<String, Score> byTissue(
      CachedCase one, Prediction prediction, SdCalibration calibration) {
    Map<String, Score> scores = new TreeMap<>();
    Score all = new Score();
    scores.put(ALL, all);
    for (int i = 0; i < one.voxels(); i++) {
      if (one.inMask(i)) {
        double mean = prediction.meanPpm()[i];
        double sd = calibration.sdPpm(prediction.sdPpm()[i], mean);
        all.add(one.truthPpm(i), one.startPpm(i), mean, sd);
        String tissue = TissueGroup.of(one.label(i)).map(TissueGroup::words).orElse("other");
        scores
            .computeIfAbsent(tissue, name -> new Score())
            .add(one.truthPpm(i), one.startPpm(i), mean, sd);
      }
    }
    return scores;
  }
}
