package org.qsmnode.field;

import org.qsmnode.volume.Mask;

/**
 * R2* from the magnitudes by least squares of their logarithm with weights |S|^2, noise floor
 * removed; echoes under three times the noise are left out while two remain.
 */
final class RelaxationFit {

  private RelaxationFit() {}

  /** R2* in 1/s, not negative, 0 outside the mask and where there is no signal. */
  static float[] run(EchoImages images, Mask mask, double sigma) {
    float[] rate = new float[images.size()];
    int slice = images.grid().nx() * images.grid().ny();
    Slices.each(
        images.grid().nz(),
        z -> {
          for (int i = z * slice; i < (z + 1) * slice; i++) {
            if (mask.data()[i]) {
              rate[i] = (float) Math.max(0, -logSlope(images, i, sigma));
            }
          }
        });
    return rate;
  }

  private static double logSlope(EchoImages images, int i, double sigma) {
    double[] te = images.te();
    double s = 0;
    double st = 0;
    double stt = 0;
    double sy = 0;
    double sty = 0;
    for (int e = 0; e < te.length; e++) {
      double m = images.magnitude(e, i);
      if (m > 0 && (e < 2 || m > 3 * sigma)) {
        double w = m * m;
        double y = 0.5 * Math.log(Math.max(m * m - sigma * sigma, 0.25 * m * m));
        s += w;
        st += w * te[e];
        stt += w * te[e] * te[e];
        sy += w * y;
        sty += w * te[e] * y;
      }
    }
    double determinant = s * stt - st * st;
    return determinant > 1e-9 * s * stt ? (s * sty - st * sy) / determinant : 0;
  }
}
