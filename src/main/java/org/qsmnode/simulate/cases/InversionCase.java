package org.qsmnode.simulate.cases;

import org.qsmnode.field.LocalField;
import org.qsmnode.volume.Volume;

/**
 * A dipole inversion whose answer is known. All volumes share one grid.
 *
 * @param field what an inversion is given
 * @param chiPpm true susceptibility, its mean inside the mask removed, 0 outside the mask
 * @param labels tissue numbers, see {@code TissueGroup}
 * @param facts how the case came about
 */
public record InversionCase(LocalField field, Volume chiPpm, Volume labels, CaseFacts facts) {

  public InversionCase {
    field.grid().requireSameDims(chiPpm.grid(), "chiPpm");
    field.grid().requireSameDims(labels.grid(), "labels");
  }
}
