package org.qsmnode.field;

import java.util.List;
import org.qsmnode.volume.Grid;
import org.qsmnode.volume.Mask;
import org.qsmnode.volume.Vector3;
import org.qsmnode.volume.Volume;

/**
 * What field mapping hands to dipole inversion. All volumes share one grid.
 *
 * @param totalHz total field in Hz, 0 outside the mask
 * @param localPpm field of the sources inside the mask, ppm, 0 outside the mask
 * @param sdPpm standard deviation of the noise of {@code localPpm}, ppm; positive infinity where a
 *     voxel inside the mask carries no information, 0 outside the mask
 * @param mask voxels with a local field
 * @param magnitude combined magnitude, arbitrary unit
 * @param r2starHz effective transverse relaxation rate in 1/s, 0 outside the mask
 * @param fieldStrengthTesla main field
 * @param echoTimesSeconds echoes that the field was found from, increasing; empty if not known
 * @param b0Direction unit vector of the main field in voxel axes
 * @param origin how {@code localPpm} came to be
 * @param notes what was done or found, one plain sentence each, for the report
 */
public record LocalField(
    Volume totalHz,
    Volume localPpm,
    Volume sdPpm,
    Mask mask,
    Volume magnitude,
    Volume r2starHz,
    double fieldStrengthTesla,
    List<Double> echoTimesSeconds,
    Vector3 b0Direction,
    FieldOrigin origin,
    List<String> notes) {

  public LocalField {
    echoTimesSeconds = List.copyOf(echoTimesSeconds);
    notes = List.copyOf(notes);
    Grid grid = localPpm.grid();
    grid.requireSameDims(totalHz.grid(), "totalHz");
    grid.requireSameDims(sdPpm.grid(), "sdPpm");
    grid.requireSameDims(mask.grid(), "mask");
    grid.requireSameDims(magnitude.grid(), "magnitude");
    grid.requireSameDims(r2starHz.grid(), "r2starHz");
    b0Direction = b0Direction.unit();
  }

  public Grid grid() {
    return localPpm.grid();
  }

  /** This with another local field. */
  public LocalField withLocalPpm(Volume other) {
    return with(other, sdPpm);
  }

  /** This with other standard deviations. */
  public LocalField withSdPpm(Volume other) {
    return with(localPpm, other);
  }

  private LocalField with(Volume local, Volume sd) {
    return new LocalField(
        totalHz,
        local,
        sd,
        mask,
        magnitude,
        r2starHz,
        fieldStrengthTesla,
        echoTimesSeconds,
        b0Direction,
        origin,
        notes);
  }
}
