package org.qsmnode.inversion;

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

  Posterior invert(LocalField field, Progress progress);
}
