package org.qsmnode.evaluate;

/** The standard normal distribution. */
final class Normal {

  private static final double ROOT_TWO_PI = Math.sqrt(2 * Math.PI);

  private Normal() {}

  static double density(double z) {
    return Math.exp(-0.5 * z * z) / ROOT_TWO_PI;
  }

  /** Probability of a value up to z, to about 1e-15: series near 0, continued fraction far out. */
  static double distribution(double z) {
    double x = Math.abs(z);
    if (x > 38) {
      return z > 0 ? 1 : 0;
    }
    double above;
    if (x < 3) {
      double term = x;
      double sum = x;
      for (int n = 1; term > 1e-17 * sum; n++) {
        term *= x * x / (2 * n + 1);
        sum += term;
      }
      above = 0.5 - density(x) * sum;
    } else {
      double fraction = x;
      for (int n = 60; n > 0; n--) {
        fraction = x + n / fraction;
      }
      above = density(x) / fraction;
    }
    return z > 0 ? 1 - above : above;
  }

  /** The value that is not exceeded with probability p, by bisection. */
  static double quantile(double p) {
    double low = -38;
    double high = 38;
    for (int n = 0; n < 80; n++) {
      double middle = 0.5 * (low + high);
      if (distribution(middle) < p) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return 0.5 * (low + high);
  }
}
