package org.qsmnode.inversion;

import org.qsmnode.numeric.Parallel;
import org.qsmnode.numeric.SeededRandom;
import org.qsmnode.volume.Grid;
import org.qsmnode.volume.Mask;

/**
 * Gaussian prior of susceptibility inside a mask: L chi is white with standard deviation {@code
 * amplitude}, L = 1/l^2 - Laplacian, with differences between neighbours inside the mask only. Far
 * from the edge the spectral density falls with the fourth power of frequency, as it does for
 * bodies with sharp surfaces; edges of the mask cost nothing (Lindgren et al. 2011,
 * doi:10.1111/j.1467-9868.2011.00777.x).
 *
 * @param amplitude ppm/mm^2
 * @param inverseSquaredLength 1/l^2 in 1/mm^2, l the correlation length
 */
record GaussianPrior(double amplitude, double inverseSquaredLength) {

  /** Precision of the prior at {@code laplacian} (not positive), the eigenvalue of a plane wave. */
  double precision(double laplacian) {
    double root = (inverseSquaredLength - laplacian) / amplitude;
    return root * root;
  }

  /** out = L L in / amplitude^2. */
  void applyPrecision(Mask mask, float[] in, float[] out, float[] work) {
    applyRoot(mask, in, work);
    applyRoot(mask, work, out);
  }

  /** Adds L n / amplitude, n white: a draw with the prior's precision as covariance. */
  void addPrecisionNoise(Mask mask, SeededRandom random, float[] out, float[] work, float[] noise) {
    random.fillGaussian(noise);
    MaskedMap.restrict(noise, mask);
    applyRoot(mask, noise, work);
    for (int i = 0; i < out.length; i++) {
      out[i] += work[i];
    }
  }

  /** out = L in / amplitude inside the mask, 0 outside; symmetric. */
  void applyRoot(Mask mask, float[] in, float[] out) {
    Grid grid = mask.grid();
    boolean[] inside = mask.data();
    int nx = grid.nx();
    int ny = grid.ny();
    int nz = grid.nz();
    int plane = nx * ny;
    float own = (float) (inverseSquaredLength / amplitude);
    float wx = (float) (1 / (grid.dxMm() * grid.dxMm() * amplitude));
    float wy = (float) (1 / (grid.dyMm() * grid.dyMm() * amplitude));
    float wz = (float) (1 / (grid.dzMm() * grid.dzMm() * amplitude));
    Parallel.run(
        nz,
        (from, to) -> {
          for (int z = from, i = from * plane; z < to; z++) {
            for (int y = 0; y < ny; y++) {
              for (int x = 0; x < nx; x++, i++) {
                if (!inside[i]) {
                  out[i] = 0;
                  continue;
                }
                float v = in[i];
                float sum = own * v;
                sum += x > 0 && inside[i - 1] ? wx * (v - in[i - 1]) : 0;
                sum += x + 1 < nx && inside[i + 1] ? wx * (v - in[i + 1]) : 0;
                sum += y > 0 && inside[i - nx] ? wy * (v - in[i - nx]) : 0;
                sum += y + 1 < ny && inside[i + nx] ? wy * (v - in[i + nx]) : 0;
                sum += z > 0 && inside[i - plane] ? wz * (v - in[i - plane]) : 0;
                sum += z + 1 < nz && inside[i + plane] ? wz * (v - in[i + plane]) : 0;
                out[i] = sum;
              }
            }
          }
        });
  }
}
