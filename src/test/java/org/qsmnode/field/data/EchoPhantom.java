package org.qsmnode.field.data;

import java.util.Arrays;
import java.util.Random;
import org.qsmnode.volume.Grid;
import org.qsmnode.volume.Mask;

/**
 * An ellipsoid of known field, decay and phase offset, and noisy echoes of it.
 *
 * @param field rad/s
 * @param amplitude signal at time zero
 * @param r2star 1/s
 * @param offset phase at time zero, rad
 */
public record EchoPhantom(
    Mask mask, float[] field, float[] amplitude, float[] r2star, float[] offset) {

  /** A value at a position, -1 to 1 along each axis of the grid. */
  @FunctionalInterface
  public interface Place {
    double at(double u, double v, double w);
  }

  /** Signal 1, R2* 20/s, a curved offset of some radians, and the given field. */
  public static EchoPhantom of(Grid grid, Place fieldRadPerSecond) {
    boolean[] inside = new boolean[grid.size()];
    float[] radius = image(grid, (u, v, w) -> u * u + v * v + w * w);
    for (int i = 0; i < inside.length; i++) {
      inside[i] = radius[i] < 0.92;
    }
    return new EchoPhantom(
        new Mask(grid, inside),
        image(grid, fieldRadPerSecond),
        image(grid, (u, v, w) -> 1),
        image(grid, (u, v, w) -> 20),
        image(grid, (u, v, w) -> 0.8 + u - 0.6 * v - 0.25 * (u * u + v * v + w * w)));
  }

  public static float[] image(Grid grid, Place place) {
    float[] values = new float[grid.size()];
    for (int z = 0, i = 0; z < grid.nz(); z++) {
      for (int y = 0; y < grid.ny(); y++) {
        for (int x = 0; x < grid.nx(); x++, i++) {
          values[i] =
              (float)
                  place.at(
                      (2 * x + 1.0) / grid.nx() - 1,
                      (2 * y + 1.0) / grid.ny() - 1,
                      (2 * z + 1.0) / grid.nz() - 1);
        }
      }
    }
    return values;
  }

  /** Echoes with noise of {@code sigma} per real channel. */
  public EchoImages scan(double[] te, double sigma, long seed) {
    return scan(te, sigma, seed, new float[field.length]);
  }

  /** The same with a phase that has one sign in even and the other in odd echoes. */
  public EchoImages scan(double[] te, double sigma, long seed, float[] alternating) {
    Random random = new Random(seed);
    float[][] magnitude = new float[te.length][field.length];
    float[][] phase = new float[te.length][field.length];
    for (int e = 0; e < te.length; e++) {
      for (int i = 0; i < field.length; i++) {
        double a = mask.data()[i] ? amplitude[i] * Math.exp(-r2star[i] * te[e]) : 0;
        double angle =
            offset[i] + (e % 2 == 0 ? alternating[i] : -alternating[i]) + field[i] * te[e];
        double re = a * Math.cos(angle) + sigma * random.nextGaussian();
        double im = a * Math.sin(angle) + sigma * random.nextGaussian();
        magnitude[e][i] = (float) Math.hypot(re, im);
        phase[e][i] = (float) Angles.wrap(Math.atan2(im, re));
      }
    }
    return new EchoImages(mask.grid(), magnitude, phase, te);
  }

  /** Root mean square of the difference in the mask, its mean removed. */
  public static double spread(float[] a, float[] b, Mask mask) {
    double sum = 0;
    double square = 0;
    int n = 0;
    for (int i = 0; i < a.length; i++) {
      if (mask.data()[i]) {
        double d = a[i] - (double) b[i];
        sum += d;
        square += d * d;
        n++;
      }
    }
    return Math.sqrt(Math.max(0, square / n - sum / n * sum / n));
  }

  /** Evenly spaced echo times in seconds. */
  public static double[] echoes(int count, double firstSeconds, double spacingSeconds) {
    double[] te = new double[count];
    Arrays.setAll(te, e -> firstSeconds + e * spacingSeconds);
    return te;
  }
}
