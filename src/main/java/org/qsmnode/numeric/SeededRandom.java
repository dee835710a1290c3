package org.qsmnode.numeric;

/**
 * Repeatable random numbers. Draw number i depends on seed and i only, so arrays filled on any
 * number of cores are equal. The values do not change with the Java release.
 *
 * <p>Bits are SplitMix64 (Steele et al. 2014, doi:10.1145/2660193.2660195); normal draws invert the
 * normal distribution by P. J. Acklam's rational approximation, relative error below 1.2e-9.
 */
public final class SeededRandom {

  private static final long GOLDEN = 0x9e3779b97f4a7c15L;

  private static final double[] A = {
    -3.969683028665376e+01, 2.209460984245205e+02, -2.759285104469687e+02,
    1.383577518672690e+02, -3.066479806614716e+01, 2.506628277459239e+00
  };
  private static final double[] B = {
    -5.447609879822406e+01,
    1.615858368580409e+02,
    -1.556989798598866e+02,
    6.680131188771972e+01,
    -1.328068155288572e+01,
    1
  };
  private static final double[] C = {
    -7.784894002430293e-03, -3.223964580411365e-01, -2.400758277161838e+00,
    -2.549732539343734e+00, 4.374664141464968e+00, 2.938163982698783e+00
  };
  private static final double[] D = {
    7.784695709041462e-03, 3.224671290700398e-01, 2.445134137142996e+00, 3.754408661907416e+00, 1
  };
  private static final double TAIL = 0.02425;

  private final long seed;
  private long counter;

  public SeededRandom(long seed) {
    this.seed = mix(seed + GOLDEN);
  }

  /** An independent sequence that depends on this one's seed and on {@code key} only. */
  public SeededRandom stream(long key) {
    return new SeededRandom(seed ^ mix(key * GOLDEN + 1));
  }

  /** The next draw from the open interval 0 to 1. */
  public double uniform() {
    return uniformAt(counter++);
  }

  /** The next draw from {@code lo} to {@code hi}. */
  public double uniform(double lo, double hi) {
    return lo + (hi - lo) * uniform();
  }

  /** The next integer from 0 to before {@code bound}. */
  public int below(int bound) {
    if (bound < 1) {
      throw new IllegalArgumentException("bound must be positive");
    }
    return (int) (uniform() * bound);
  }

  /** The next draw from the normal distribution with mean 0 and standard deviation 1. */
  public double gaussian() {
    return normal(uniformAt(counter++));
  }

  /** Fills an array with what as many calls of {@link #gaussian} would return. */
  public void fillGaussian(float[] out) {
    long first = counter;
    counter += out.length;
    Parallel.run(
        out.length,
        (from, to) -> {
          for (int i = from; i < to; i++) {
            out[i] = (float) normal(uniformAt(first + i));
          }
        });
  }

  private double uniformAt(long index) {
    long bits = mix(seed + (index + 1) * GOLDEN);
    return ((bits >>> 12) + 0.5) * 0x1p-52;
  }

  private static long mix(long value) {
    long z = value;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }

  /** The value below which a normal draw lies with probability {@code p}. */
  static double normal(double p) {
    if (p < TAIL) {
      double q = Math.sqrt(-2 * StrictMath.log(p));
      return polynomial(C, q) / polynomial(D, q);
    }
    if (p > 1 - TAIL) {
      double q = Math.sqrt(-2 * StrictMath.log(1 - p));
      return -polynomial(C, q) / polynomial(D, q);
    }
    double q = p - 0.5;
    double r = q * q;
    return q * polynomial(A, r) / polynomial(B, r);
  }

  private static double polynomial(double[] coefficients, double x) {
    double sum = 0;
    for (double c : coefficients) {
      sum = sum * x + c;
    }
    return sum;
  }
}
