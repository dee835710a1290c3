package org.qsmnode.inversion.adapt;

/**
 * Settings of {@link PdiViInversion}.
 *
 * @param budgetSeconds time for the whole inversion
 * @param steps most steps of adaptation; 0 leaves the network's posterior as it is
 */
public record PdiViSettings(double budgetSeconds, int steps) {

  public PdiViSettings {
    if (!(budgetSeconds > 0)) {
      throw new IllegalArgumentException("budgetSeconds must be positive");
    }
    if (steps < 0) {
      throw new IllegalArgumentException("steps must not be negative");
    }
  }

  /** All values in a fixed order, for the configuration digest. */
  String canonical() {
    return "budgetSeconds=%s steps=%d".formatted(budgetSeconds, steps);
  }

  /** 720 seconds and 200 steps. */
  public static PdiViSettings defaults() {
    return new PdiViSettings(720, 200);
  }
}
