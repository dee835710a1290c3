package org.qsmnode.series.pixels;

import java.util.List;
import org.qsmnode.series.find.Encoding;
import org.qsmnode.volume.Grid;

/**
 * Source images of an acquisition, for geometry, references and provenance of derived objects.
 *
 * @param acquisitionId id of the acquisition
 * @param grid voxel grid of the assembled volumes (LPS, mm)
 * @param slices one per grid slice, ascending z of the grid
 * @param encoding which pair of images carried the complex signal
 * @param chopper what was found about alternating slice signs
 * @param phaseSign +1 where the vendor's phase grows with field, -1 where it falls and was negated
 * @param phaseSignKnown false where no rule covers the scanner and +1 was assumed; the field must
 *     then prove the sign
 * @param phaseScaleEvidence how phase values were taken to radians, for the derivation text
 */
public record SourceStack(
    String acquisitionId,
    Grid grid,
    List<SourceSlice> slices,
    Encoding encoding,
    Chopper chopper,
    int phaseSign,
    boolean phaseSignKnown,
    String phaseScaleEvidence) {

  public SourceStack {
    slices = List.copyOf(slices);
    if (slices.size() != grid.nz()) {
      throw new IllegalArgumentException(
          slices.size() + " slices for a grid of " + grid.nz() + " slices");
    }
    if (phaseSign != 1 && phaseSign != -1) {
      throw new IllegalArgumentException("phaseSign must be +1 or -1");
    }
  }
}
