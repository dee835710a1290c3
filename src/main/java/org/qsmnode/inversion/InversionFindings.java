package org.qsmnode.inversion;

import java.util.Optional;

/**
 * What a method found on the way to its map.
 *
 * <p>A record whose components stand in the report under their names, in their order; Jackson
 * writes it. Whoever goes on from a map reads the methods below, never the report.
 */
public interface InversionFindings {

  /** Name of the method. */
  String method();

  /** Why the method ended; {@link Ending#CONVERGED} for a method without steps. */
  default Ending ending() {
    return Ending.CONVERGED;
  }

  /**
   * The noise of the field and the strength of the prior that fits it.
   *
   * @throws IllegalStateException if the method measures neither
   */
  default NoiseAndPrior measured() {
    throw new IllegalStateException(
        "the method %s measures no noise, which what follows it needs".formatted(method()));
  }

  /** Engine and device of the network; empty for a method without one. */
  default Optional<String> networkEngine() {
    return Optional.empty();
  }
}
