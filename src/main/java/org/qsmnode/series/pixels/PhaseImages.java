package org.qsmnode.series.pixels;

import java.util.List;
import java.util.Locale;
import org.qsmnode.series.header.PhaseScale;
import org.qsmnode.series.header.PixelLayout;
import org.qsmnode.series.header.RefusedException;
import org.qsmnode.series.header.Vendor;

/** Phase volumes without a header that says what their values mean. */
public final class PhaseImages {

  /** Never asked for where no header scaling is given. */
  private static final PixelLayout NO_LAYOUT = new PixelLayout(1, 1, 1, 16, 16, 15, true, false);

  private PhaseImages() {}

  /**
   * Takes phase values to radians in [-pi, pi) in place. Where their range is none of the scales
   * that scanners use, it counts as a full turn if the jumps between neighbours prove it.
   *
   * @param phase one array per echo, values of any known scale
   * @param magnitude one array per echo, of the same sizes
   * @param echoTimesMs one per echo
   * @return what the decision rests on
   * @throws RefusedException with {@code ReasonCode.UNKNOWN_PHASE_SCALE} where it would be a guess
   */
  public static String toRadians(List<float[]> phase, List<float[]> magnitude, double[] echoTimesMs)
      throws RefusedException {
    PhaseScale scale = scale(phase, magnitude, echoTimesMs);
    phase.forEach(values -> scale.apply(values, 1));
    return scale.evidence();
  }

  private static PhaseScale scale(
      List<float[]> phase, List<float[]> magnitude, double[] echoTimesMs) throws RefusedException {
    try {
      return new PhaseScaleRule(Vendor.OTHER, List.of(), NO_LAYOUT)
          .decide(phase, magnitude, echoTimesMs);
    } catch (RefusedException unknown) {
      TurnProof proof = TurnProof.of(phase, magnitude);
      if (!proof.isTurn()) {
        throw unknown;
      }
      ValueRange range = proof.range();
      return new PhaseScale(
          2 * Math.PI / range.width(),
          (range.lowest() + range.highest()) / 2,
          String.format(
              Locale.ROOT,
              "values from %.4g to %.4g are a full turn, proved by %d wraps",
              range.lowest(),
              range.highest(),
              proof.wraps()));
    }
  }
}
