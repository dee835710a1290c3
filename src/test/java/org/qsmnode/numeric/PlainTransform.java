package org.qsmnode.numeric;

/** Fourier sums in double precision, straight from the definition; slow, for small sizes. */
final class PlainTransform {

  private PlainTransform() {}

  /** Transform of interleaved complex data; {@code sign} -1 forward, +1 backward with 1/N. */
  static double[] transform(double[] data, int nx, int ny, int nz, int sign) {
    double[] x = along(data, nx, 1, sign);
    double[] y = along(x, ny, nx, sign);
    return along(y, nz, nx * ny, sign);
  }

  private static double[] along(double[] data, int n, int stride, int sign) {
    int size = data.length / 2;
    double[] out = new double[data.length];
    for (int i = 0; i < size; i++) {
      int k = i / stride % n;
      int start = i - k * stride;
      for (int j = 0; j < n; j++) {
        double angle = sign * 2 * Math.PI * (((long) j * k) % n) / n;
        double c = Math.cos(angle);
        double s = Math.sin(angle);
        int p = 2 * (start + j * stride);
        out[2 * i] += data[p] * c - data[p + 1] * s;
        out[2 * i + 1] += data[p] * s + data[p + 1] * c;
      }
    }
    if (sign > 0) {
      for (int i = 0; i < out.length; i++) {
        out[i] /= n;
      }
    }
    return out;
  }

  /** Re(IFFT(D FFT(x))) on the unpadded periodic block with numpy's fftfreq. */
  static double[] dipole(float[] x, int[] n, double[] voxelMm, double[] b) {
    double[] data = new double[2 * x.length];
    for (int i = 0; i < x.length; i++) {
      data[2 * i] = x[i];
    }
    double[] spectrum = transform(data, n[0], n[1], n[2], -1);
    for (int i = 0; i < x.length; i++) {
      double fx = fftfreq(i % n[0], n[0]) / voxelMm[0];
      double fy = fftfreq(i / n[0] % n[1], n[1]) / voxelMm[1];
      double fz = fftfreq(i / (n[0] * n[1]), n[2]) / voxelMm[2];
      double squared = fx * fx + fy * fy + fz * fz;
      double along = fx * b[0] + fy * b[1] + fz * b[2];
      double d = squared == 0 ? 0 : 1.0 / 3 - along * along / squared;
      spectrum[2 * i] *= d;
      spectrum[2 * i + 1] *= d;
    }
    double[] back = transform(spectrum, n[0], n[1], n[2], 1);
    double[] real = new double[x.length];
    for (int i = 0; i < real.length; i++) {
      real[i] = back[2 * i];
    }
    return real;
  }

  private static double fftfreq(int i, int n) {
    return (i < (n + 1) / 2 ? i : i - n) / (double) n;
  }
}
