package org.qsmnode.pipeline;

import java.util.Set;
import org.qsmnode.derive.DerivedObjects;

/**
 * What a reconstruction writes. Nothing of it changes the bytes of the classic series.
 *
 * @param nifti whether every stage is written as NIfTI too
 * @param objects what is wanted beside the classic series, which are always written
 */
public record Outputs(boolean nifti, Set<DerivedObjects> objects) {

  public Outputs {
    objects = Set.copyOf(objects);
  }

  /** The classic series alone. */
  public static Outputs classic(boolean nifti) {
    return new Outputs(nifti, Set.of(DerivedObjects.CLASSIC));
  }
}
