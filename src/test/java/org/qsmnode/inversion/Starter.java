package org.qsmnode.inversion;

import org.qsmnode.field.LocalField;
import org.qsmnode.inversion.classic.TkdInversion;
import org.qsmnode.numeric.Progress;

/**
 * A quick start map, by thresholded division, for tests to change in one respect. Its noise is as
 * stated, its prior of usual strength.
 */
public class Starter implements Inversion {

  private final Inversion map = new TkdInversion(0.19);

  /** Findings of a start map whose noise and prior are known. */
  public record Measured(String method, NoiseAndPrior measured) implements InversionFindings {}

  /**
   * Findings of a start map.
   *
   * @param noiseFactor of the noise on the stated one
   * @param stated whether it was stated
   */
  public static InversionFindings findings(double noiseFactor, boolean stated) {
    return new Measured("tkd", new NoiseAndPrior(40, noiseFactor, stated));
  }

  @Override
  public String name() {
    return map.name();
  }

  @Override
  public String parameters() {
    return map.parameters();
  }

  @Override
  public Posterior invert(LocalField field, Progress progress) {
    Posterior found = map.invert(field, progress);
    return Posterior.ofMap(found.chiPpm(), findings(1, true), found.outsidePpm());
  }
}
