package org.qsmnode.train;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.function.DoubleToIntFunction;
import java.util.function.ToDoubleFunction;
import org.qsmnode.inversion.error.ErrorModel;
import org.qsmnode.inversion.error.ErrorModels;
import org.qsmnode.inversion.error.ErrorSpectrum;
import org.qsmnode.inversion.error.FactorTable;
import org.qsmnode.inversion.error.SdCalibration;
import org.qsmnode.inversion.error.SharedErrors;
import org.qsmnode.inversion.pdi.PdiHeads;
import org.qsmnode.numeric.DipoleKernel;
import org.qsmnode.numeric.Fourier;
import org.qsmnode.volume.Vector3;

/**
 * What calibration cases say of a network's errors. How large they are for a predicted standard
 * deviation and size of the mean, and what voxels of like means share of them. Also how the rest
 * goes together. Every case counts the same.
 */
final class CalibrationFit {

  private static final int KNOTS = 8;
  private static final int FINE = 600;
  private static final double LOG_LEAST = Math.log(PdiHeads.LEAST_SD_PPM);
  private static final double LOG_LARGEST = Math.log(PdiHeads.LARGEST_SD_PPM);

  /** Between bins of the size of the mean. */
  private static final double[] MEAN_EDGES_PPM = {0.02, 0.04, 0.08, 0.16, 0.32};

  /** Means nearer to 0 count as of this size. */
  private static final double LEAST_MEAN_PPM = 0.001;

  /** A bin with a smaller part of all voxels goes with the one below. */
  private static final double LEAST_MEAN_WEIGHT = 0.0005;

  /** With fewer cases of a kind, all cases stand for it. */
  private static final double LEAST_CASES = 3;

  /** A case with what a network said of it. */
  private record Errors(CachedCase one, Vector3 b0, Prediction prediction, SharedErrorFit shared) {
    double noisiness() {
      return ErrorModels.noisiness(one.excessNoisePpm());
    }
  }

  private final List<Errors> cases = new ArrayList<>();

  /** Adds a case; {@code b0} in voxel axes. */
  void add(CachedCase one, Vector3 b0, Prediction prediction) {
    cases.add(new Errors(one, b0, prediction, SharedErrorFit.of(one, prediction)));
  }

  /** Errors of fields as noisy as stated, and of noisier ones. */
  ErrorModels models() {
    return new ErrorModels(model(one -> 1 - one.noisiness()), model(Errors::noisiness));
  }

  private ErrorModel model(ToDoubleFunction<Errors> kind) {
    boolean enough = cases.stream().mapToDouble(kind).sum() >= LEAST_CASES;
    ToDoubleFunction<Errors> counts = enough ? kind : one -> 1;
    FactorTable byPredicted = byPredicted(counts);
    SdCalibration sd = new SdCalibration(byPredicted, byMean(byPredicted, counts));
    SharedErrors shared =
        SharedErrorFit.spread(
            cases.stream().map(Errors::shared).toList(),
            cases.stream().mapToDouble(counts).toArray());
    return new ErrorModel(sd, shared, spectrum(sd, shared, counts));
  }

  /** A part of all voxels: weight, and sums of squared z and of the log of a size in ppm. */
  private record Part(double weight, double squares, double logs) {

    static final Part NONE = new Part(0, 0, 0);

    Part plus(Part other) {
      return new Part(weight + other.weight, squares + other.squares, logs + other.logs);
    }

    double rmsZ() {
      return Math.sqrt(squares / weight);
    }

    double ppm() {
      return Math.exp(logs / weight);
    }
  }

  /** Of a voxel of a prediction, ppm. */
  private interface Size {
    double ppm(Prediction prediction, int voxel);
  }

  /** Voxels of all masks by the bin of a size in ppm. */
  private Part[] parts(
      int bins,
      DoubleToIntFunction bin,
      Size size,
      SdCalibration calibration,
      ToDoubleFunction<Errors> counts) {
    Part[] parts = new Part[bins];
    Arrays.fill(parts, Part.NONE);
    for (Errors errors : cases) {
      Prediction prediction = errors.prediction();
      double share = counts.applyAsDouble(errors) / prediction.voxels();
      for (int i = 0; share > 0 && i < errors.one().voxels(); i++) {
        if (errors.one().inMask(i)) {
          double sd = calibration.sdPpm(prediction.sdPpm()[i], prediction.meanPpm()[i]);
          double z = prediction.errorPpm(errors.one(), i) / sd;
          double ppm = size.ppm(prediction, i);
          int place = bin.applyAsInt(ppm);
          parts[place] = parts[place].plus(new Part(share, share * z * z, share * Math.log(ppm)));
        }
      }
    }
    return parts;
  }

  /** Root mean squares of errors over predicted standard deviations, in groups of equal size. */
  private FactorTable byPredicted(ToDoubleFunction<Errors> counts) {
    Part[] parts =
        parts(
            FINE,
            CalibrationFit::fineBin,
            (prediction, i) -> prediction.sdPpm()[i],
            SdCalibration.constant(1),
            counts);
    double each = Arrays.stream(parts).mapToDouble(Part::weight).sum() / KNOTS;
    List<double[]> knots = new ArrayList<>();
    Part group = Part.NONE;
    double least = 0;
    for (int k = 0; k < FINE; k++) {
      group = group.plus(parts[k]);
      if (group.weight() >= each || (k == FINE - 1 && group.weight() > each / 2)) {
        least = Math.max(least, group.ppm() * group.rmsZ());
        knots.add(new double[] {group.ppm(), least / group.ppm()});
        group = Part.NONE;
      }
    }
    return table(knots);
  }

  private static int fineBin(double sdPpm) {
    int bin = (int) ((Math.log(sdPpm) - LOG_LEAST) / (LOG_LARGEST - LOG_LEAST) * FINE);
    return Math.max(0, Math.min(FINE - 1, bin));
  }

  /** What is left of the root mean square by the size of the mean. */
  private FactorTable byMean(FactorTable byPredicted, ToDoubleFunction<Errors> counts) {
    Part[] parts =
        parts(
            MEAN_EDGES_PPM.length + 1,
            CalibrationFit::meanBin,
            (prediction, i) -> Math.max(LEAST_MEAN_PPM, Math.abs(prediction.meanPpm()[i])),
            new SdCalibration(byPredicted, FactorTable.constant(1)),
            counts);
    double least = LEAST_MEAN_WEIGHT * Arrays.stream(parts).mapToDouble(Part::weight).sum();
    Deque<Part> kept = new ArrayDeque<>();
    for (Part part : parts) {
      boolean joined =
          !kept.isEmpty() && (part.weight() < least || kept.getLast().weight() < least);
      kept.addLast(joined ? kept.removeLast().plus(part) : part);
    }
    return table(kept.stream().map(part -> new double[] {part.ppm(), part.rmsZ()}).toList());
  }

  private static int meanBin(double sizePpm) {
    int bin = 0;
    while (bin < MEAN_EDGES_PPM.length && sizePpm >= MEAN_EDGES_PPM[bin]) {
      bin++;
    }
    return bin;
  }

  private static FactorTable table(List<double[]> knots) {
    return new FactorTable(
        knots.stream().mapToDouble(knot -> knot[0]).toArray(),
        knots.stream().mapToDouble(knot -> knot[1]).toArray());
  }

  /**
   * Power of the errors without what each case's voxels of like means share. Its unit is that of
   * unrelated voxels with what is left of the calibrated variances.
   */
  private ErrorSpectrum spectrum(
      SdCalibration calibration, SharedErrors shared, ToDoubleFunction<Errors> counts) {
    double[] sum = new double[ErrorSpectrum.FREQUENCIES * ErrorSpectrum.DIPOLES];
    double[] counted = new double[sum.length];
    for (Errors one : cases) {
      double share = counts.applyAsDouble(one);
      if (share > 0) {
        double[] ratio = ratio(one, calibration, shared);
        for (int b = 0; b < sum.length; b++) {
          sum[b] += share * ratio[b];
          counted[b] += ratio[b] > 0 ? share : 0;
        }
      }
    }
    for (int b = 0; b < sum.length; b++) {
      sum[b] = counted[b] > 0 ? sum[b] / counted[b] : 1;
    }
    return new ErrorSpectrum(sum);
  }

  private static double[] ratio(Errors errors, SdCalibration calibration, SharedErrors shared) {
    CachedCase one = errors.one();
    int[] n = one.dims();
    float[] voxelMm = one.voxelMm();
    float[] error = new float[one.voxels()];
    double variance = 0;
    for (int i = 0; i < error.length; i++) {
      if (one.inMask(i)) {
        double mean = errors.prediction().meanPpm()[i];
        error[i] = (float) (errors.prediction().errorPpm(one, i) - errors.shared().ppm(mean));
        double sd = calibration.sdPpm(errors.prediction().sdPpm()[i], mean);
        variance += shared.restVariance(sd * sd, mean);
      }
    }
    Fourier fourier = new Fourier(n[0], n[1], n[2]);
    float[] spectrum = new float[fourier.spectrumLength()];
    fourier.forward(error, spectrum);
    double[] edges = {voxelMm[0], voxelMm[1], voxelMm[2]};
    float[] dipole = DipoleKernel.spectral(fourier, edges, errors.b0());
    int[] bins = ErrorSpectrum.bins(fourier, dipole, edges);
    double[] power = new double[ErrorSpectrum.FREQUENCIES * ErrorSpectrum.DIPOLES];
    int[] count = new int[power.length];
    for (int i = 0; i < bins.length; i++) {
      double re = spectrum[2 * i];
      double im = spectrum[2 * i + 1];
      power[bins[i]] += re * re + im * im;
      count[bins[i]]++;
    }
    for (int b = 0; b < power.length; b++) {
      power[b] = count[b] > 0 ? power[b] / count[b] / variance : 0;
    }
    return power;
  }
}
