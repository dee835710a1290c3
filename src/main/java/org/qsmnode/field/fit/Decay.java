package org.qsmnode.field.fit;

/**
 * Exponential decay of one voxel's magnitude. Holds work arrays; one instance per thread.
 *
 * <p>The rate R2* and the power at time zero follow from the squared magnitudes by least squares.
 * Under complex Gaussian noise their mean is the signal's power plus {@code 2 sigma^2} at any
 * signal level (Miller and Joseph, Magn Reson Imaging 1993, doi 10.1016/0730-725X(93)90225-3).
 * Weights are the inverse of their variance, {@code 4 sigma^2 (power + sigma^2)}. So noise does not
 * lengthen the decay.
 */
final class Decay {

  private static final int STEPS = 5;

  /** Relative uncertainty of the power that an exponential predicts: decay is not quite so. */
  private static final double MODEL_SPREAD = 0.5;

  private final double[] te;
  private double power;
  private double rate;

  Decay(double[] te) {
    this.te = te;
  }

  /** R2* in 1/s, not negative; 0 where there is no signal. */
  double rate() {
    return rate;
  }

  /**
   * Fits the magnitudes of one voxel.
   *
   * @param sigma noise of a real channel, unit of the magnitude
   */
  void fit(double[] magnitude, double sigma) {
    start(magnitude, sigma);
    double noise = sigma * sigma;
    for (int step = 0; step < STEPS && power > 0; step++) {
      double aa = 0;
      double ab = 0;
      double bb = 0;
      double ga = 0;
      double gb = 0;
      for (int e = 0; e < te.length; e++) {
        double shape = Math.exp(-2 * rate * te[e]);
        double mean = power * shape;
        double w = 1 / (mean + noise + 1e-9 * power);
        double slope = -2 * te[e] * mean;
        double miss = w * (magnitude[e] * magnitude[e] - 2 * noise - mean);
        aa += w * shape * shape;
        ab += w * shape * slope;
        bb += w * slope * slope;
        ga += shape * miss;
        gb += slope * miss;
      }
      double determinant = aa * bb - ab * ab;
      if (!(determinant > 1e-9 * aa * bb)) {
        return;
      }
      double more = (aa * gb - ab * ga) / determinant;
      double faster = Math.max(0, Math.min(2 * rate + 1 / te[te.length - 1], rate + more));
      power = Math.max(0, power + (ga - ab * (faster - rate)) / aa);
      boolean settled = Math.abs(faster - rate) * te[te.length - 1] < 1e-4;
      rate = faster;
      if (settled) {
        return;
      }
    }
  }

  /** From the logarithms of the magnitudes that stand out of the noise, at least two. */
  private void start(double[] magnitude, double sigma) {
    double s = 0;
    double st = 0;
    double stt = 0;
    double sy = 0;
    double sty = 0;
    for (int e = 0; e < te.length; e++) {
      double m = magnitude[e];
      if (m > 0 && (e < 2 || m > 3 * sigma)) {
        double w = m * m;
        double y = 0.5 * Math.log(Math.max(m * m - 2 * sigma * sigma, 0.25 * m * m));
        s += w;
        st += w * te[e];
        stt += w * te[e] * te[e];
        sy += w * y;
        sty += w * te[e] * y;
      }
    }
    double determinant = s * stt - st * st;
    rate = determinant > 1e-9 * s * stt ? Math.max(0, (st * sy - s * sty) / determinant) : 0;
    power = s > 0 ? Math.exp(2 * (sy + rate * st) / s) : 0;
  }

  /**
   * Amplitude of an echo without noise: the measured power less its noise and the power after the
   * fit, weighted by how well each is known.
   */
  double amplitude(int echo, double magnitude, double sigma) {
    if (sigma == 0) {
      return magnitude;
    }
    double noise = sigma * sigma;
    double model = power * Math.exp(-2 * rate * te[echo]);
    double measuredVariance = 4 * noise * (model + noise);
    double modelVariance = MODEL_SPREAD * MODEL_SPREAD * model * model;
    double share = modelVariance / (modelVariance + measuredVariance);
    return Math.sqrt(Math.max(0, model + share * (magnitude * magnitude - 2 * noise - model)));
  }
}
