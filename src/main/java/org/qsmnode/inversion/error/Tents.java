package org.qsmnode.inversion.error;

/**
 * Functions that are linear between knots and constant beyond the first and the last. Each is a sum
 * of tents, and a tent is 1 at its knot and 0 at all others.
 *
 * @param knots increasing
 */
public record Tents(double[] knots) {

  /** The knot of the left one of the two tents over {@code x}; 0 where there is one knot only. */
  public int left(double x) {
    int k = 0;
    while (k + 2 < knots.length && x >= knots[k + 1]) {
      k++;
    }
    return k;
  }

  /** Height at {@code x} of the tent to the right of {@link #left}; that of the left is 1 less. */
  public double right(double x) {
    if (knots.length == 1) {
      return 0;
    }
    int k = left(x);
    return Math.max(0, Math.min(1, (x - knots[k]) / (knots[k + 1] - knots[k])));
  }

  /** The function with these values at the knots. */
  public double at(double x, double[] values) {
    int k = left(x);
    double right = right(x);
    return right > 0 ? (1 - right) * values[k] + right * values[k + 1] : values[k];
  }
}
