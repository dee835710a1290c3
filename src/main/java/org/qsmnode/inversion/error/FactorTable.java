package org.qsmnode.inversion.error;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.DoubleStream;

/**
 * A factor for each of some sizes, in between by the logarithms, beyond the last one as there.
 *
 * @param ppm increasing sizes, ppm
 * @param factor one for each
 */
public record FactorTable(double[] ppm, double[] factor) {

  public FactorTable {
    ppm = ppm.clone();
    factor = factor.clone();
    if (ppm.length == 0 || ppm.length != factor.length) {
      throw new IllegalArgumentException("sizes and factors must be as many, and some");
    }
    for (int k = 0; k < factor.length; k++) {
      boolean increasing = k == 0 || ppm[k] > ppm[k - 1];
      if (!(ppm[k] > 0 && increasing && factor[k] > 0 && Double.isFinite(factor[k]))) {
        throw new IllegalArgumentException(
            "sizes must be positive and increase, factors must be positive");
      }
    }
  }

  /** A table with one factor for every size. */
  public static FactorTable constant(double factor) {
    return new FactorTable(new double[] {1}, new double[] {factor});
  }

  /** The factor for a size in ppm, 0 or more. */
  public double at(double sizePpm) {
    int last = factor.length - 1;
    if (sizePpm <= ppm[0]) {
      return factor[0];
    }
    if (sizePpm >= ppm[last]) {
      return factor[last];
    }
    int k = 1;
    while (ppm[k] < sizePpm) {
      k++;
    }
    double part = Math.log(sizePpm / ppm[k - 1]) / Math.log(ppm[k] / ppm[k - 1]);
    return Math.exp((1 - part) * Math.log(factor[k - 1]) + part * Math.log(factor[k]));
  }

  /**
   * Between two: geometric means of the factors, that of {@code other} with weight {@code part}.
   */
  FactorTable towards(FactorTable other, double part) {
    double[] knots =
        DoubleStream.concat(Arrays.stream(ppm), Arrays.stream(other.ppm))
            .sorted()
            .distinct()
            .toArray();
    double[] factors =
        Arrays.stream(knots)
            .map(size -> Math.pow(at(size), 1 - part) * Math.pow(other.at(size), part))
            .toArray();
    return new FactorTable(knots, factors);
  }

  Map<String, String> texts(String sizes, String factors) {
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put(sizes, Numbers.text(ppm));
    texts.put(factors, Numbers.text(factor));
    return texts;
  }

  static FactorTable of(Map<String, String> texts, String sizes, String factors) {
    return new FactorTable(Numbers.of(texts, sizes), Numbers.of(texts, factors));
  }
}
