package org.qsmnode.inversion;

import java.util.List;
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

  /**
   * The networks that the method uses, the one that looks first at a field first; read now, if they
   * were not yet.
   *
   * @throws IllegalStateException if one is missing or damaged, with the reason
   */
  default List<NetworkModel> networks() {
    return List.of();
  }

  Posterior invert(LocalField field, Progress progress);

  /**
   * Inverts within a time budget. A method of steps ends before the budget does, with what it has,
   * and its findings say so.
   */
  default Posterior invert(LocalField field, Progress progress, TimeBudget budget) {
    return invert(field, progress);
  }
}
