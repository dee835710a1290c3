package org.qsmnode.series.pixels;

import java.util.List;
import org.qsmnode.series.find.Encoding;
import org.qsmnode.series.header.Reason;
import org.qsmnode.series.header.ReasonCode;
import org.qsmnode.series.header.RefusedException;

/** Tests whether pixels are what a guess took them for. */
final class GuessProof {

  private static final double CENTRED = 0.1;

  private GuessProof() {}

  /**
   * Requires that magnitude is never negative, and that signed parts have both signs about zero.
   *
   * @throws RefusedException with {@link ReasonCode#AMBIGUOUS_COMPONENT}
   */
  static void require(Encoding encoding, List<float[]> first, List<float[]> second)
      throws RefusedException {
    boolean proved =
        encoding == Encoding.MAGNITUDE_PHASE
            ? first.stream().allMatch(GuessProof::nonNegative)
            : first.stream().allMatch(GuessProof::centred);
    if (!proved || !second.stream().allMatch(GuessProof::centred)) {
      throw new RefusedException(
          new Reason(
              ReasonCode.AMBIGUOUS_COMPONENT,
              "Pixels do not confirm what instance numbers suggest about the components."));
    }
  }

  private static boolean nonNegative(float[] values) {
    for (float value : values) {
      if (value < 0) {
        return false;
      }
    }
    return true;
  }

  private static boolean centred(float[] values) {
    double sum = 0;
    double absolute = 0;
    for (float value : values) {
      sum += value;
      absolute += Math.abs(value);
    }
    return absolute > 0 && Math.abs(sum) < CENTRED * absolute;
  }
}
