package org.qsmnode.pipeline;

import java.util.List;
import org.qsmnode.inversion.InversionFindings;
import org.qsmnode.series.find.Encoding;
import org.qsmnode.series.pixels.Chopper;
import org.qsmnode.volume.Grid;
import org.qsmnode.volume.Vector3;

/**
 * What was found and done on the way from images to map.
 *
 * @param encoding which pair of images carried the signal
 * @param chopper alternating slice signs
 * @param phaseSign +1 or -1, as in {@link org.qsmnode.series.pixels.SourceStack}
 * @param phaseSignKnown whether a rule covers the scanner
 * @param phaseScaleEvidence how phase values were taken to radians
 * @param b0Direction unit vector of the main field in voxel axes
 * @param maskVoxels voxels with a susceptibility
 * @param fieldNotes what field mapping did or found
 * @param inversion what the inversion found
 */
public record Findings(
    Encoding encoding,
    Chopper chopper,
    int phaseSign,
    boolean phaseSignKnown,
    String phaseScaleEvidence,
    Grid grid,
    double fieldStrengthTesla,
    Vector3 b0Direction,
    int maskVoxels,
    List<String> fieldNotes,
    InversionFindings inversion) {

  public Findings {
    fieldNotes = List.copyOf(fieldNotes);
  }
}
