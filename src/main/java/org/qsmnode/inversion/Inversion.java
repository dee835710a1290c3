package org.qsmnode.inversion;

import java.util.Optional;
import org.qsmnode.field.LocalField;
import org.qsmnode.numeric.Progress;

/** One dipole inversion method with its parameters fixed. */
public interface Inversion {

  /** Name on the command line and in results, for example {@code gaussian}. */
  String name();

  /**
   * Parameters that influence the result, in a canonical text that enters the configuration digest.
   */
  String parameters();

  /** The network that the method uses, empty if it uses none. */
  default Optional<NetworkModel> network() {
    return Optional.empty();
  }

  Posterior invert(LocalField field, Progress progress);

  /**
   * The same where time is short: a method that goes on in steps ends before the budget does, with
   * what it has, and says so in its report.
   */
  default Posterior invert(LocalField field, Progress progress, TimeBudget budget) {
    return invert(field, progress);
  }
}
