package org.qsmnode.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.qsmnode.inversion.ErrorModel;
import org.qsmnode.inversion.ErrorModels;
import org.qsmnode.inversion.ErrorSpectrum;
import org.qsmnode.inversion.PdiHeads;
import org.qsmnode.inversion.SdCalibration;
import org.qsmnode.numeric.DipoleKernel;
import org.qsmnode.numeric.Fourier;
import org.qsmnode.volume.Vector3;

/**
 * What calibration cases say of a network's errors: how large they are for a predicted standard
 * deviation, and how they go together. Every case counts the same.
 */
final class CalibrationFit {

  private static final int KNOTS = 8;
  private static final int FINE = 600;
  private static final double LOG_LEAST = Math.log(PdiHeads.LEAST_SD_PPM);
  private static final double LOG_LARGEST = Math.log(PdiHeads.LARGEST_SD_PPM);

  /** With fewer cases of a kind, all cases stand for it. */
  private static final double LEAST_CASES = 3;

  /** A case with what a network said of it. */
  private record Errors(CachedCase one, Vector3 b0, Prediction prediction) {
    double noisiness() {
      return ErrorModels.noisiness(one.excessNoisePpm());
    }
  }

  private final List<Errors> cases = new ArrayList<>();

  /** Adds a case; {@code b0} in voxel axes. */
  void add(CachedCase one, Vector3 b0, Prediction prediction) {
    cases.add(new Errors(one, b0, prediction));
  }

  /** Errors of fields as noisy as stated, and of noisier ones. */
  ErrorModels models() {
    return new ErrorModels(model(one -> 1 - one.noisiness()), model(Errors::noisiness));
  }

  private ErrorModel model(ToDoubleFunction<Errors> kind) {
    boolean enough = cases.stream().mapToDouble(kind).sum() >= LEAST_CASES;
    ToDoubleFunction<Errors> counts = enough ? kind : one -> 1;
    SdCalibration sd = sd(counts);
    return new ErrorModel(sd, spectrum(sd, counts));
  }

  /** Root mean squares of errors over predicted standard deviations, in groups of equal size. */
  private SdCalibration sd(ToDoubleFunction<Errors> counts) {
    double[] weight = new double[FINE];
    double[] squares = new double[FINE];
    double[] logs = new double[FINE];
    for (Errors errors : cases) {
      double share = counts.applyAsDouble(errors) / errors.prediction().voxels();
      for (int i = 0; share > 0 && i < errors.one().voxels(); i++) {
        if (errors.one().inMask(i)) {
          double sd = errors.prediction().sdPpm()[i];
          double z = errors.prediction().errorPpm(errors.one(), i) / sd;
          int bin = (int) ((Math.log(sd) - LOG_LEAST) / (LOG_LARGEST - LOG_LEAST) * FINE);
          int place = Math.max(0, Math.min(FINE - 1, bin));
          weight[place] += share;
          squares[place] += share * z * z;
          logs[place] += share * Math.log(sd);
        }
      }
    }
    double each = Arrays.stream(weight).sum() / KNOTS;
    List<double[]> knots = new ArrayList<>();
    double w = 0;
    double z = 0;
    double log = 0;
    double least = 0;
    for (int k = 0; k < FINE; k++) {
      w += weight[k];
      z += squares[k];
      log += logs[k];
      if (w >= each || (k == FINE - 1 && w > each / 2)) {
        double predicted = Math.exp(log / w);
        least = Math.max(least, predicted * Math.sqrt(z / w));
        knots.add(new double[] {predicted, least / predicted});
        w = 0;
        z = 0;
        log = 0;
      }
    }
    return new SdCalibration(
        knots.stream().mapToDouble(knot -> knot[0]).toArray(),
        knots.stream().mapToDouble(knot -> knot[1]).toArray());
  }

  /** Power of the errors over that of unrelated voxels with calibrated standard deviations. */
  private ErrorSpectrum spectrum(SdCalibration calibration, ToDoubleFunction<Errors> counts) {
    double[] sum = new double[ErrorSpectrum.FREQUENCIES * ErrorSpectrum.DIPOLES];
    double[] counted = new double[sum.length];
    for (Errors one : cases) {
      double share = counts.applyAsDouble(one);
      if (share > 0) {
        double[] ratio = ratio(one, calibration);
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

  private static double[] ratio(Errors errors, SdCalibration calibration) {
    CachedCase one = errors.one();
    int[] n = one.dims();
    float[] voxelMm = one.voxelMm();
    float[] error = new float[one.voxels()];
    double variance = 0;
    for (int i = 0; i < error.length; i++) {
      if (one.inMask(i)) {
        error[i] = (float) errors.prediction().errorPpm(one, i);
        double sd = calibration.sdPpm(errors.prediction().sdPpm()[i]);
        variance += sd * sd;
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
